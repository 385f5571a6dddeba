import { beforeAll, describe, expect, it } from '@jest/globals';
import { SAVED_QUERIES } from '../../lib/saved-queries.ts';
import { runQuery } from '../../src/audit/query-language/run-query.ts';
import type { RawLine } from '../../src/audit/tenant-log.ts';
import type { AdminLine, LogLine } from '../../src/runtime/log.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { GROUP, patchOf, USER } from '../support/local-client.ts';

const BEGIN = Date.parse('2026-06-01T08:00:00.000Z');
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const log: RawLine[] = [];

const timeAt = (minute: number): string => new Date(BEGIN + minute * 60_000).toISOString();

/** Puts lines of the handlers into the log, as of this minute. */
function write(minute: number, ...lines: readonly LogLine[]): void {
  const atMs = BEGIN + minute * 60_000;
  for (const line of lines) log.push({ atMs, text: JSON.stringify({ time: new Date(atMs).toISOString(), ...line }) });
}

type Sending = Parameters<Endpoint['send']>;

/** Sends a request, and keeps what it has left in the log as of this minute. */
const sender =
  (endpoint: Endpoint) =>
  async (minute: number, ...sending: Sending): ReturnType<Endpoint['send']> => {
    const before = endpoint.lines.length;
    const answer = await endpoint.send(...sending);
    write(minute, ...endpoint.lines.slice(before));
    return answer;
  };

const open = async (application: string, policy = {}) =>
  sender(await openEndpoint({ principal: { application, credential: `${application}-1` }, policy }));

const ran = (name: string, parameter?: string) => {
  const saved = SAVED_QUERIES.find((one) => one.name === name);
  if (saved === undefined) throw new TypeError(`no query "${name}"`);
  const query = parameter === undefined ? saved.query : saved.query.replaceAll(saved.parameter?.placeholder ?? '', parameter);
  return runQuery(query, log);
};

const user = (userName: string, more = {}) => ({ body: { schemas: [USER], userName, ...more } });

const admin = (minute: number, line: Pick<AdminLine, 'act' | 'outcome'> & Partial<AdminLine>): void =>
  write(minute, { event: 'admin', requestId: 'a-1', tenant: 'acme', by: 'grace', at: timeAt(minute), ...line });

let ada = '';
let guides = '';

beforeAll(async () => {
  const entra = await open('entra');
  const hr = await open('hr', { ipRanges: ['192.0.2.0/24'] });
  ada = (await entra(0, 'POST', '/Users', user('ada', { petName: 'Rex', shoeSize: 40 }))).json.id;
  await entra(1, 'POST', '/Users', user('Ada'));
  const bob = (await entra(2, 'POST', '/Users', user('bob'))).json.id;
  guides = (await entra(3, 'POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Guides', members: [{ value: ada }] } })).json.id;
  await entra(4, 'PATCH', `/Groups/${guides}`, {
    body: patchOf({ op: 'add', path: 'members', value: [{ value: bob }] }, { op: 'remove', path: `members[value eq "${ada}"]` }),
  });
  await entra(5, 'PATCH', `/Groups/${guides}`, { body: patchOf({ op: 'add', path: 'members', value: [{ value: 'nobody' }] }) });
  await entra(6, 'PATCH', `/Users/${ada}`, { body: patchOf({ op: 'replace', path: 'userName', value: 'ada.l' }) });
  await entra(7, 'PATCH', `/Users/${ada}`, { body: patchOf({ op: 'replace', path: 'active', value: false }) });
  await entra(8, 'GET', `/Users/${ada}`, {});
  await entra(9, 'PATCH', `/Users/${ada}`, { body: patchOf({ op: 'remove', path: 'title' }), headers: { 'if-match': 'W/"99"' } });
  // A second cycle, an hour later; the first one ended when nothing came for twenty minutes.
  await entra(70, 'DELETE', `/Users/${bob}`, {});
  await entra(71, 'POST', '/Bulk', {
    body: { schemas: [BULK], Operations: [{ method: 'POST', path: '/Users', bulkId: 'c', data: { schemas: [USER], userName: 'carl' } }] },
  });
  await hr(72, 'GET', '/Users', { sourceIp: '203.0.113.9' });
  await hr(73, 'GET', '/Users', { sourceIp: '192.0.2.7' });
  await hr(74, 'GET', '/Users', { token: 'wrong' });
  admin(80, { act: 'resource.purge', outcome: 'done', resourceType: 'User', resourceId: bob, subject: 'bob' });
  // A purge is tried first, and goes on in parts where there is much to look through.
  admin(79, { act: 'resource.purge', outcome: 'done', resourceType: 'User', resourceId: bob, subject: 'bob', dryRun: true });
  admin(80, { act: 'resource.purge', outcome: 'done', resourceType: 'User', resourceId: bob, subject: 'bob', continued: true });
  admin(81, { act: 'resource.purge', outcome: 'refused', resourceType: 'User', subject: 'ada.l' });
  log.push({ atMs: BEGIN, text: 'START RequestId: 7f8d Version: $LATEST' });
});

const short = (rows: ReturnType<typeof runQuery>, ...columns: readonly string[]) =>
  rows.map((row) => columns.map((column) => row[column] ?? '').join(' '));

describe('the saved query', () => {
  it('"user" tells what happened to one, whatever name it had and however it is written', () => {
    expect(short(ran('user', 'ADA'), 'operation', 'status', 'refusal', 'subject')).toEqual([
      'create 201  ada',
      'create 409 uniqueness Ada',
      'update 200  ada.l',
    ]);
    expect(short(ran('user', ada), 'operation', 'status', 'changed.0', 'state')).toEqual([
      'create 201 userName ',
      'update 200 userName ',
      'update 200 active disabled',
      'read 200  ',
      'update 412  ',
    ]);
    expect(short(ran('user', 'bob'), 'operation', 'act', 'by', 'outcome', 'dryRun')).toEqual([
      'create    ',
      'remove    ',
      ' resource.purge grace done true',
      ' resource.purge grace done ',
      ' resource.purge grace done ',
    ]);
    expect(short(ran('user', ada.toUpperCase()), 'operation')).toHaveLength(5);
    expect(short(ran('user', 'carl'), 'event', 'status')).toEqual(['bulkOperation 201']);
  });

  it('"failures" counts by reason, most frequent first, with an example of each', () => {
    const rows = ran('failures');

    expect(short(rows, 'failures', 'status', 'refusal', 'operation', 'resourceType')).toEqual([
      '1 409 uniqueness create User',
      '1 400 invalidValue update Group',
      '1 412 preconditionFailed update User',
      '1 403 addressNotAllowed  ',
      '1 401 unauthorized  ',
    ]);
    expect(rows[0]).toMatchObject({ people: '1', first: timeAt(1), last: timeAt(1), example: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  it('"applications" counts what each one does', () => {
    expect(short(ran('applications'), 'application', 'operation', 'resourceType', 'operations', 'refused')).toEqual(
      expect.arrayContaining(['entra create User 4 1', 'entra update User 3 1', 'entra remove User 1 0', 'hr read User 1 0', '   1 1']),
    );
  });

  it('"slow" begins with what took longest', () => {
    write(75, { ...lastRequest(), durationMs: 4_711 });
    const rows = ran('slow');
    log.pop();

    expect(rows[0]).toMatchObject({ durationMs: '4711', route: '/Users' });
    expect(rows.every((row) => row['durationMs'] !== undefined)).toBe(true);
  });

  it('"group-members" counts who came and went, with what was refused', () => {
    const expected = ['create 1   Guides', 'update 1 1  Guides', 'update   invalidValue Guides'];

    expect(short(ran('group-members', 'guides'), 'operation', 'membersAdded', 'membersRemoved', 'refusal', 'subject')).toEqual(expected);
    expect(short(ran('group-members', guides), 'operation', 'membersAdded', 'membersRemoved', 'refusal', 'subject')).toEqual(expected);
  });

  it('"addresses" names those that were turned away', () => {
    expect(ran('addresses')).toEqual([{ sourceIp: '203.0.113.9', application: 'hr', refused: '1', first: timeAt(72), last: timeAt(72) }]);
  });

  it('"conflicts" counts refusals and retries', () => {
    write(76, { ...lastRequest(), storeRetries: 3, durationMs: 800 });
    const rows = ran('conflicts');
    log.pop();

    expect(short(rows, 'refusal', 'operation', 'operations', 'retries')).toEqual(
      expect.arrayContaining(['uniqueness create 1 0', 'preconditionFailed update 1 0', ' read 1 3']),
    );
    expect(rows).toHaveLength(3);
  });

  it('"cycle" counts by five minutes, the latest first, so that a gap shows', () => {
    expect(short(ran('cycle'), 'application', 'slot', 'requests', 'refused')).toEqual([
      'entra 2026-06-01 09:10:00.000 2 0',
      'hr 2026-06-01 09:10:00.000 2 1',
      'entra 2026-06-01 08:05:00.000 5 2',
      'entra 2026-06-01 08:00:00.000 5 1',
    ]);
  });

  it('"tokens" tells which ones are in use, and since when', () => {
    expect(short(ran('tokens'), 'credential', 'application', 'requests', 'first', 'last')).toEqual([
      `hr-1 hr 2 ${timeAt(72)} ${timeAt(73)}`,
      `entra-1 entra 12 ${timeAt(0)} ${timeAt(71)}`,
    ]);
  });

  it('"unknown-attributes" names what no schema knows', () => {
    expect(short(ran('unknown-attributes'), 'application', 'resourceType', 'operations', 'ignored.0', 'ignored.1')).toEqual([
      'entra User 1 petName shoeSize',
    ]);
  });

  it('"deactivations" names who was disabled, removed or purged, and by whom', () => {
    expect(short(ran('deactivations'), 'subject', 'operation', 'state', 'act', 'by')).toEqual([
      'bob   resource.purge grace',
      'bob remove   ',
      'ada.l update disabled  ',
    ]);
  });

  it('"cold-starts" counts them by the hour', () => {
    expect(short(ran('cold-starts'), 'hour', 'requests', 'coldStarts')).toEqual([
      '2026-06-01 09:00:00.000 5 1',
      '2026-06-01 08:00:00.000 10 1',
    ]);
  });
});

function lastRequest() {
  const line = log.findLast(({ text }) => text.includes('"operation":"read"'));
  return JSON.parse(line?.text ?? '');
}
