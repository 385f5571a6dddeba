import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../bench/support/random.ts';
import { runCommandLine } from '../../cli/program.ts';
import { hashIdentifier } from '../../src/access/identifier-key.ts';
import { type Report, reportSchema } from '../../src/audit/report/answer.ts';
import { openLog } from '../../src/runtime/log-reader.ts';
import { REFUSALS } from '../../src/scim/errors.ts';
import { restoreEnvironment } from '../support/access-secrets.ts';
import { aTerminal } from '../support/admin-terminal.ts';
import { type CloudWatch, startCloudWatch } from '../support/insights/cloudwatch.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { APPLICATIONS } from '../support/report-day/applications.ts';
import { DAY, type Day, KEY, openDay, type Truth } from '../support/report-day/day.ts';
import { play } from '../support/report-day/script.ts';

let day: Day;
let folders: { readonly plain: TemporaryFolder; readonly hashed: TemporaryFolder };
let cloudWatch: CloudWatch;

beforeAll(async () => {
  day = await openDay(seededRandom(7));
  await play(day);
  folders = { plain: await temporaryFolder(), hashed: await temporaryFolder() };
  await appendFile(join(folders.plain.path, 'scim.log'), day.plain.join(''));
  await appendFile(join(folders.hashed.path, 'scim.log'), day.hashed.join(''));
  cloudWatch = await startCloudWatch();
  cloudWatch.write(...day.plain.map((text) => ({ atMs: Date.parse(JSON.parse(text).time) + 3, origin: 'users', text })));
  Object.assign(process.env, { AWS_REGION: 'x', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_ENDPOINT_URL: cloudWatch.url });
}, 60_000);

afterAll(async () => {
  restoreEnvironment();
  await cloudWatch.close();
  await folders.plain[Symbol.asyncDispose]();
  await folders.hashed[Symbol.asyncDispose]();
});

type Words = readonly string[];

/** Runs the command as an operator does, a day after the day. */
async function reportBy(words: Words, folder = folders.plain): Promise<Report> {
  const { terminal, out, err } = aTerminal({ credentials: day.credentials });
  const opened = { ...terminal, openLog, dataFolder: folder.path, now: () => new Date(DAY.to) };
  const target = words.includes('--tenant') ? [] : ['--local'];
  const status = await runCommandLine(['report', ...target, '--json', ...words], opened);
  if (status !== 0) throw new Error(err.join('\n'));
  return reportSchema.parse(JSON.parse(out.join('\n')));
}

const rowsOf = ({ rows }: Report): readonly Truth[] => rows.map(({ reason: _, ...row }) => row);

/** What the script knows of a person: by each name they had, in any case, and by each id that one of these rows names. */
function about(identifier: string): (row: Truth) => boolean {
  const isNamed = ({ subject, previousSubject, resourceId }: Truth): boolean =>
    [subject, previousSubject, resourceId].some((name) => name?.toLowerCase() === identifier.toLowerCase());
  const ids = new Set(day.truth.filter(isNamed).map(({ resourceId }) => resourceId));
  return (row) => isNamed(row) || (row.resourceId !== null && ids.has(row.resourceId));
}

const within =
  (from: string, to: string) =>
  ({ time }: Truth) =>
    time >= from && time < to;

/** The first person of whom the script says so. */
const nameWhere = (isSo: (row: Truth) => boolean): string => day.truth.find(isSo)?.subject ?? 'nobody';

const PEOPLE: readonly (readonly [string, () => string])[] = [
  ['who was renamed, by the new name', () => nameWhere(({ previousSubject }) => previousSubject !== null)],
  ['who was renamed, by the old name', () => day.truth.find(({ previousSubject }) => previousSubject !== null)?.previousSubject ?? ''],
  ['who was purged', () => nameWhere(({ action }) => action === 'purge')],
  ['who was never created', () => nameWhere(({ refusal }) => refusal === 'invalidValue')],
  ['who was refused a seat', () => nameWhere(({ refusal }) => refusal === 'seatLimit')],
  ['who came back', () => nameWhere(({ outcome }) => outcome === 'returned')],
  ['who was removed by the policy', () => nameWhere(({ outcome }) => outcome === 'removed')],
  ['whose change was ignored', () => nameWhere(({ outcome }) => outcome === 'ignored')],
  ['who was never there', () => nameWhere(({ by, outcome, subject }) => by !== null && outcome === 'refused' && subject !== null)],
  ['that is a group', () => nameWhere(({ resourceType, previousSubject }) => resourceType === 'Group' && previousSubject !== null)],
  ['by id', () => day.truth.find(({ action }) => action === 'disable')?.resourceId ?? ''],
];

describe('the report of a day', () => {
  it('is of a day with thousands of operations, and refusals of every kind that can be brought about', () => {
    const kinds = new Set(day.truth.map(({ refusal }) => refusal));
    // These take a large directory, an hour's wait, or a store that is out of reach.
    const others = ['tooMany', 'expiredCursor', 'invalidCount'];

    expect(day.plain.length).toBeGreaterThan(2_000);
    expect(Object.keys(REFUSALS).filter((kind) => !kinds.has(kind) && !others.includes(kind))).toEqual([]);
  });

  it('has the rows that the script has written down, and no others', async () => {
    expect(rowsOf(await reportBy([]))).toEqual(day.truth);
  });

  it('has the same rows from CloudWatch', async () => {
    const [local, deployed] = [await reportBy([]), await reportBy(['--tenant', 'example'])];

    expect(deployed.rows).toEqual(local.rows);
    expect(deployed.summary).toEqual(local.summary);
    expect([local.retentionDays, deployed.retentionDays]).toEqual([null, 365]);
  });

  it.each(PEOPLE)('finds everything about a person %s', async (_, identifierOf) => {
    const identifier = identifierOf();

    const rows = rowsOf(await reportBy(['--user', identifier.toUpperCase()]));

    expect(rows).toEqual(day.truth.filter(about(identifier)));
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(APPLICATIONS))('has the rows of the application %s', async (application) => {
    const rows = rowsOf(await reportBy(['--app', application]));

    expect(rows).toEqual(day.truth.filter((row) => row.application === application));
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each([
    ['2031-03-05T06:00', '2031-03-05T06:30'],
    ['2031-03-05T09:15:30.250', '2031-03-05T17:00:01'],
    ['2031-03-05', '2031-03-05T12:00'],
    ['2031-03-05T13:00+01:00', '2031-03-05T13:00Z'],
  ])('has the rows from %s to %s', async (from, to) => {
    const utc = (text: string) => new Date(/Z$|\+/.test(text) ? text : text.includes('T') ? `${text}Z` : text).toISOString();

    expect(rowsOf(await reportBy(['--from', from, '--to', to]))).toEqual(day.truth.filter(within(utc(from), utc(to))));
  });

  it('has the rows since a while ago', async () => {
    expect(rowsOf(await reportBy(['--since', '90m']))).toEqual(day.truth.filter(within('2031-03-05T22:30:00.000Z', DAY.to.toISOString())));
  });

  it.each(PEOPLE.slice(0, 3))('combines person, application and timespan: %s', async (_, identifierOf) => {
    const [identifier, from, to] = [identifierOf(), '2031-03-05T02:00', '2031-03-05T22:00'];
    const isWithin = within('2031-03-05T02:00:00.000Z', '2031-03-05T22:00:00.000Z');
    // Former names and ids are told by the rows of the timespan alone.
    const isTold = day.truth.filter(isWithin);
    const ids = new Set(
      isTold.filter(({ subject, previousSubject }) => [subject, previousSubject].includes(identifier)).map(({ resourceId }) => resourceId),
    );
    const isTheirs = ({ subject, resourceId }: Truth) => subject === identifier || (resourceId !== null && ids.has(resourceId));

    for (const application of ['entra', 'okta'])
      expect(rowsOf(await reportBy(['--user', identifier, '--app', application, '--from', from, '--to', to]))).toEqual(
        isTold.filter((row) => isTheirs(row) && row.application === application),
      );
  });

  it('adds up to what the script has written down', async () => {
    const { summary } = await reportBy([]);

    const made = day.truth.filter(({ outcome }) => ['succeeded', 'removed', 'kept', 'returned'].includes(outcome));
    const failed = day.truth.filter(({ outcome }) => ['refused', 'failed'].includes(outcome));
    const people = new Set(made.filter(({ resourceType }) => resourceType === 'User').map(({ resourceId }) => resourceId));
    expect(summary).toMatchObject({
      rows: day.truth.length,
      changes: made.length,
      failures: failed.length,
      people: people.size,
      unreadable: 0,
    });
    expect(summary.byAction).toEqual(countBy(day.truth.map(({ action }) => action)));
    expect(summary.byOutcome).toEqual(countBy(day.truth.map(({ outcome }) => outcome)));
    expect(summary.timeline.points).toHaveLength(24);
    const byHour = countBy(made.map(({ time }) => `${time.slice(0, 13)}:00:00.000Z`));
    expect(summary.timeline.points.map(({ from, changes }) => [from, changes])).toEqual(
      summary.timeline.points.map(({ from }) => [from, byHour[from] ?? 0]),
    );
  });

  it('says of every row that is no plain success why it is not', async () => {
    const { rows } = await reportBy([]);

    expect(rows.filter(({ outcome, reason }) => (outcome === 'succeeded') !== (reason === null))).toEqual([]);
  });

  it.each(PEOPLE.slice(0, 4))('finds a person by name where the log names nobody: %s', async (_, identifierOf) => {
    const identifier = identifierOf();
    const hashed = (name: string | null) => (name === null ? null : hashIdentifier(KEY, name));
    const expected = day.truth
      .filter(about(identifier))
      .map((row) => ({ ...row, subject: hashed(row.subject), previousSubject: hashed(row.previousSubject) }));

    const report = await reportBy(['--user', identifier], folders.hashed);

    expect(rowsOf(report)).toEqual(expected);
    expect(report).toMatchObject({ identifiers: 'hashed' });
  });

  it('names nobody where the log names nobody', () => {
    expect(day.hashed.join('')).not.toMatch(/@example\.com|Group \d/i);
  });
});

const countBy = (words: Words): Readonly<Record<string, number>> =>
  Object.fromEntries([...new Set(words)].map((word) => [word, words.filter((other) => other === word).length]));
