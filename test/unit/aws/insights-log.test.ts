import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../../../src/audit/log-source.ts';
import { selectRecords } from '../../../src/audit/select-lines.ts';
import { insightsLines } from '../../../src/aws/insights-lines.ts';
import { openDeployedLog } from '../../../src/aws/insights-log.ts';
import { runQuery } from '../../../src/aws/insights-query.ts';
import { eventsOf } from '../../../src/aws/log-events.ts';
import { restoreEnvironment } from '../../support/access-secrets.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { type CloudWatch, startCloudWatch } from '../../support/insights/cloudwatch.ts';

const BEGIN = Date.parse('2026-06-01T00:00:00.000Z');
const HOUR = { from: new Date(BEGIN), to: new Date(BEGIN + 3_600_000) };

/** A line that arrives a little after it was written. */
const aLine = (afterMs: number, more: LogRecord = {}, delayMs = 3) => {
  const time = new Date(BEGIN + afterMs).toISOString();
  return {
    atMs: BEGIN + afterMs + delayMs,
    origin: 'users',
    text: JSON.stringify({ time, event: 'request', requestId: `r${afterMs}`, ...more }),
  };
};

let cloudWatch: CloudWatch;

/** The address of what stands in for AWS, as the SDK is told it. */
async function start(options: Parameters<typeof startCloudWatch>[0] = {}): Promise<CloudWatch> {
  cloudWatch = await startCloudWatch(options);
  process.env['AWS_ENDPOINT_URL'] = cloudWatch.url;
  return cloudWatch;
}

beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' });
});

afterEach(async () => {
  restoreEnvironment();
  await cloudWatch.close();
});

const open = () => openDeployedLog('scim-example', new AbortController().signal);

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const idsOf = (records: readonly LogRecord[]) => records.map(({ requestId }) => requestId);

const queriesOf = ({ asked }: CloudWatch) => asked.filter(({ act }) => act === 'StartQuery');

const refusal = (words: RegExp) => ({ name: 'AdminRefusal', message: expect.stringMatching(words) });

describe('the log of a deployed tenant', () => {
  it('gives the lines of the events that are asked for, oldest first, out of the groups of all functions', async () => {
    const { write, asked } = await start();
    write(aLine(2_000), { ...aLine(1_000), origin: 'groups' }, aLine(1_500, { event: 'work' }), { ...aLine(1_700), origin: 'gateway' });

    const records = await all((await open()).read({ ...HOUR, events: ['request'] }));

    expect(idsOf(records)).toEqual(['r1000', 'r2000']);
    expect(asked.find(({ act }) => act === 'StartQuery')?.body).toMatchObject({
      logGroupNames: expect.not.arrayContaining(['scim-example-gateway-logs']),
      queryString: expect.stringContaining('| filter event in ["request"]'),
    });
  });

  it('takes the beginning of the timespan in and leaves its end out, by what the lines say themselves', async () => {
    const { write } = await start();
    write(aLine(-1), aLine(0), aLine(3_599_999, {}, 900), aLine(3_600_000));

    expect(idsOf(await all((await open()).read({ ...HOUR, events: ['request'] })))).toEqual(['r0', 'r3599999']);
  });

  it('is complete and in order however full an answer is, and however many lines one second has', async () => {
    const server = await start();
    const many = Array.from({ length: 120 }, (_, index) => aLine(2_000, { requestId: `s${index}` }));
    const spread = Array.from({ length: 300 }, (_, index) => aLine(index * 2_000, {}, 0));
    server.write(...spread, ...many);
    const client = new CloudWatchLogsClient({});
    const signal = new AbortController().signal;
    const group = { name: 'scim-example-users-logs', origin: 'users' };
    const readSecond = (fromMs: number, toMs: number) => eventsOf({ client, groups: [group], signal }, fromMs, toMs);
    const insights = { client, groups: [group.name], signal, mostRows: 100 };

    const lines = insightsLines({ insights, originOf: () => 'users', readSecond }, HOUR);
    const records = await all(selectRecords(lines, { ...HOUR, events: ['request'] }));

    const times = records.map(({ time }) => String(time));
    expect(records).toHaveLength(420);
    expect(new Set(idsOf(records)).size).toBe(420);
    expect(times).toEqual(times.toSorted());
    expect(queriesOf(server).length).toBeGreaterThan(10);
    expect(server.asked.filter(({ act }) => act === 'FilterLogEvents')).toHaveLength(1);
  });

  it('gives the same from a CloudWatch that passes filters over', async () => {
    const { write } = await start({ ignoresFilters: true });
    write(aLine(1), aLine(2, { event: 'work' }), { ...aLine(3), text: 'START RequestId: r3 Version: $LATEST' });

    expect(idsOf(await all((await open()).read({ ...HOUR, events: ['request'], requestId: 'r1' })))).toEqual(['r1']);
  });

  it('puts lines that arrive late where they belong', async () => {
    const { write } = await start();
    write(aLine(10_000, {}, 40_000), aLine(20_000), aLine(30_000));

    expect(idsOf(await all((await open()).read({ ...HOUR, events: ['request'] })))).toEqual(['r10000', 'r20000', 'r30000']);
  });

  it('has nothing from before the log began', async () => {
    const { fail } = await start();
    fail('StartQuery', {
      name: 'MalformedQueryException',
      message: 'end date is before the log groups creation time or exceeds retention',
    });

    expect(await all((await open()).read({ ...HOUR, events: ['request'] }))).toEqual([]);
  });

  it('waits while too many queries run', async () => {
    const { write, fail } = await start();
    write(aLine(1));
    fail('StartQuery', { name: 'LimitExceededException', message: 'too many' });

    expect(idsOf(await all((await open()).read({ ...HOUR, events: ['request'] })))).toEqual(['r1']);
  });

  it('tells how long lines are kept', async () => {
    await start({ retentionDays: 90 });

    expect(await (await open()).retentionDays()).toBe(90);
  });

  it('cancels the query when it is interrupted', async () => {
    const server = await start({ runningFor: 1_000 });
    const interrupt = new AbortController();
    const log = await openDeployedLog('scim-example', interrupt.signal);

    const reading = all(log.read({ ...HOUR, events: ['request'] }));
    const stopping = setInterval(() => server.asked.some(({ act }) => act === 'GetQueryResults') && interrupt.abort(), 10);

    await expect(reading).rejects.toMatchObject(refusal(/^Interrupted/));
    clearInterval(stopping);
    expect(server.asked.at(-1)).toMatchObject({ act: 'StopQuery', body: { queryId: 'query-1' } });
  });

  it('says what CloudWatch made of a query that it ended', async () => {
    await start({ endsAs: 'Timeout' });

    await expect(all((await open()).read({ ...HOUR, events: ['request'] }))).rejects.toMatchObject(refusal(/"Timeout"/));
  });

  it.each([
    [
      'AccessDeniedException',
      'User: arn:aws:iam::1:user/ada is not authorized to perform: logs:StartQuery',
      /lacks the permission logs:StartQuery.*logs:GetQueryResults/,
    ],
    ['ResourceNotFoundException', 'no such group', /deploy the stack again/],
  ])('says what to do about %s', async (name, message, words) => {
    const { fail } = await start();
    fail('StartQuery', { name, message });

    await expect(all((await open()).read({ ...HOUR, events: ['request'] }))).rejects.toMatchObject(refusal(words));
  });

  it('says that there is no such stack', async () => {
    const { fail } = await start();
    fail('CloudFormation', { name: 'ValidationError', message: 'Stack with id scim-example does not exist' });

    await expect(open()).rejects.toMatchObject(refusal(/There is no stack "scim-example"/));
  });

  it('says that a stack without log groups is too old', async () => {
    await start({ hasNoLogGroups: true });

    await expect(open()).rejects.toMatchObject(refusal(/has no log groups: deploy it again/));
  });

  it('cancels a query that takes too long', async () => {
    const { asked } = await start({ runningFor: 1_000 });
    const insights = { client: new CloudWatchLogsClient({}), groups: ['a'], signal: new AbortController().signal, deadlineMs: 300 };

    await expect(runQuery(insights, 'fields @message', { from: 0, to: 1 })).rejects.toMatchObject(refusal(/takes too long/));
    expect(asked.at(-1)?.act).toBe('StopQuery');
  });

  it('answers "scim logs" and "scim explain" as the log of this machine does, with what the gateway and Lambda wrote', async () => {
    const { write } = await start();
    const [id, invocation] = ['7f8dc820-2d3e-47d9-87f7-a0f752c8b2ae', '00000000-0000-4000-8000-000000000002'];
    const access = { requestId: id, method: 'GET', route: '/Users', status: '504', refusal: 'INTEGRATION_TIMEOUT' };
    const atMs = BEGIN - 600_000;
    write(
      { atMs, origin: 'gateway', text: JSON.stringify({ ...access, functionStatus: '200', functionRequestId: invocation }) },
      { atMs, origin: 'users', text: `2026-05-31T23:50:00Z ${invocation} Task timed out after 28.00 seconds` },
      { ...aLine(-300_000, { status: 409, refusal: 'uniqueness' }) },
    );
    const { scim, out } = aTerminal({ log: await open() });

    expect(await scim('logs --tenant example --errors')).toBe(0);
    expect(await scim('logs --tenant example --query failures --json')).toBe(0);
    expect(await scim(`explain ${id} --tenant example`)).toBe(0);
    expect(out.slice(0, 3)).toEqual([
      expect.stringContaining('504  GET     /Users  gateway  INTEGRATION_TIMEOUT'),
      expect.stringContaining('users  2026-05-31T23:50:00Z'),
      expect.stringContaining('uniqueness'),
    ]);
    expect(JSON.parse(out[3] ?? '').rows).toMatchObject([{ status: '409', refusal: 'uniqueness', failures: '1' }]);
    expect(out).toContainEqual(expect.stringMatching(/^Cause +Lambda stopped the function/));
  });

  it('tells each line once as it comes, until it is told to stop', async () => {
    const { write } = await start();
    const now = Date.now();
    const stop = new AbortController();
    const told: string[] = [];
    const log = await open();

    const following = (async () => {
      for await (const { text, origin } of log.follow(new Date(now), stop.signal)) {
        told.push(`${origin} ${text}`);
        if (told.length === 1) write({ atMs: Date.now(), text: 'two', origin: 'gateway' });
        if (told.length === 2) stop.abort();
      }
    })();
    write({ atMs: now - 1_000, text: 'before', origin: 'users' }, { atMs: now + 500, text: 'one', origin: 'users' });
    await following;

    expect(told).toEqual(['users one', 'gateway two']);
  });
});
