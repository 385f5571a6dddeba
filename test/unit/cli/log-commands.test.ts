import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { EMPTY_LIST } from '../../../src/access/credential-list.ts';
import { hashIdentifier } from '../../../src/access/identifier-key.ts';
import type { LogRecord } from '../../../src/audit/log-source.ts';
import type { RawLine, TenantLog } from '../../../src/audit/tenant-log.ts';
import { MemoryCredentialStore } from '../../support/access-memory.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { logOf } from '../../support/log-memory.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');
const ID = '7f8dc820-2d3e-47d9-87f7-a0f752c8b2ae';

const at = (minutesAgo: number, record: LogRecord | string, origin?: string): RawLine => {
  const atMs = NOW - minutesAgo * 60_000;
  const text = typeof record === 'string' ? record : JSON.stringify({ time: new Date(atMs).toISOString(), ...record });
  return { atMs, text, ...(origin !== undefined && { origin }) };
};

const CREATED = {
  event: 'request',
  requestId: ID,
  method: 'POST',
  route: '/Users',
  status: 201,
  application: 'entra',
  changed: ['userName', 'active'],
  subject: 'ada\u001b[2J',
  durationMs: 12,
};
const REFUSED = { ...CREATED, status: 409, refusal: 'uniqueness', subject: 'bob', changed: undefined };
const NOT_LET_IN = { event: 'request', requestId: ID, method: 'POST', status: 401, refusal: 'unauthorized', durationMs: 1 };
const THROTTLED = { requestId: 'g', method: 'GET', route: '/Users', status: '429', refusal: 'THROTTLED', functionStatus: '-' };
const SERVED = { requestId: 'h', status: '200', refusal: '-', functionStatus: '200' };

const LINES = [
  at(90, { ...CREATED, subject: 'long.ago' }),
  at(50, 'START RequestId: 9 Version: $LATEST', 'users'),
  at(40, CREATED),
  at(30, REFUSED),
  at(20, SERVED, 'gateway'),
  at(19, THROTTLED, 'gateway'),
  at(18, '2026-05-31T23:42:00Z 9 Task timed out after 28.00 seconds', 'users'),
  at(17, { event: 'unexpectedError', requestId: 'u', names: ['TypeError', 'Error'], frames: ['at a.js:1'] }),
  at(16, { event: 'brake', application: 'entra' }),
  at(15, { event: 'admin', act: 'token.create', by: 'grace', outcome: 'done', counts: { older: 1 } }),
  at(14, {
    event: 'bulkOperation',
    index: 2,
    status: 204,
    method: 'PATCH',
    route: '/Users/{id}',
    resourceId: 'r1',
    previousSubject: 'x',
    subject: 'y',
  }),
  at(13, { event: 'admin', act: 'directory.import', by: 'grace', outcome: 'failed' }),
];

const scim = (line: string, options: Parameters<typeof aTerminal>[0] = {}) => {
  const terminal = aTerminal({ log: logOf(LINES), ...options });
  return terminal.scim(line).then((status) => ({ status, ...terminal }));
};

describe('scim logs', () => {
  it('shows the last hour, a line each, and nothing of the platform that all went well', async () => {
    const { status, out } = await scim('logs --local');

    expect(status).toBe(0);
    expect(out).toEqual([
      `2026-05-31T23:20:00Z  201  POST    /Users  changed userName, active  ada?[2J  entra  12 ms  ${ID}`,
      `2026-05-31T23:30:00Z  409  POST    /Users  uniqueness  bob  entra  12 ms  ${ID}`,
      '2026-05-31T23:41:00Z  429  GET     /Users  gateway  THROTTLED  g',
      '2026-05-31T23:42:00Z  users  2026-05-31T23:42:00Z 9 Task timed out after 28.00 seconds',
      '2026-05-31T23:43:00Z  unexpectedError: TypeError < Error  at a.js:1  u',
      '2026-05-31T23:44:00Z  brake  application entra is held back',
      '2026-05-31T23:45:00Z  admin  act=token.create  by=grace  outcome=done  counts={"older":1}',
      '2026-05-31T23:46:00Z  204  PATCH   /Users/{id} #2  x → y',
      '2026-05-31T23:47:00Z  admin  act=directory.import  by=grace  outcome=failed',
    ]);
  });

  it('shows with --errors what was refused or went wrong, whoever wrote it', async () => {
    const { out } = await scim('logs --local --errors --since 2h');

    expect(out.map((line) => line.split('  ')[1])).toEqual(['409', '429', 'users', 'unexpectedError: TypeError < Error', 'brake', 'admin']);
  });

  it('goes further back when it is told to, and shows one request alone', async () => {
    expect((await scim('logs --local --since 2w')).out[0]).toContain('long.ago');
    expect((await scim('logs --local --since 2h')).out[0]).toContain('long.ago');
    expect((await scim(`logs --local --request (request_${ID})`.replace('_', ' ').replace('(request ', ''))).out).toHaveLength(3);
  });

  it('prints the lines themselves with --json, and those of the platform as values', async () => {
    const { out } = await scim('logs --local --errors --json');

    expect(out[0]).toBe(LINES[3]?.text);
    expect(JSON.parse(out[2] ?? '')).toMatchObject({ event: 'platform', function: 'users', text: expect.stringContaining('timed out') });
  });

  it('has colours in a terminal only: red for what went wrong, yellow for what was refused', async () => {
    const { out } = await scim('logs --local --errors', { hasColours: true });

    expect(out[0]).toBe(styleText('yellow', out[0]?.slice(5, -5) ?? '', { validateStream: false }));
    expect(out[2]).toBe(styleText('red', out[2]?.slice(5, -5) ?? '', { validateStream: false }));
    expect((await scim('logs --local')).out.every((line) => stripVTControlCharacters(line) === line)).toBe(true);
  });

  it('follows what comes, behind what there is if that is asked for', async () => {
    const log = logOf(LINES, { coming: [at(0, { ...CREATED, subject: 'new' }), at(0, 'REPORT RequestId: 9')] });

    expect((await scim('logs --local --follow', { log })).out).toEqual([expect.stringContaining('  new  ')]);
    expect((await scim('logs --local --follow --since 1h --errors', { log })).out).toHaveLength(6);
  });

  it('follows from where it has read to, far enough back that all from before has arrived', async () => {
    const times: unknown[] = [];
    const log: TenantLog = {
      ...logOf([]),
      lines: (query) => {
        times.push(query.to.toISOString());
        return logOf([]).lines(query);
      },
      follow: (from, signal) => {
        times.push(from.toISOString());
        return logOf([]).follow(from, signal);
      },
    };
    await scim('logs --local --follow --since 1h', { log });

    expect(times).toEqual(['2026-05-31T23:59:00.000Z', '2026-05-31T23:59:00.000Z']);
  });

  it('runs a saved query, and leaves the last cycle of each application of that which tells cycles', async () => {
    const failures = await scim('logs --local --query failures');
    const cycle = await scim('logs --local --query cycle --json');
    const user = await scim('logs --local --query user --user BOB');

    expect(failures.out[0]).toMatch(/^status +refusal +failures/);
    expect(failures.out[1]).toMatch(/^409 +uniqueness +1 /);
    expect(failures.err[0]).toMatch(/^What fails, .* From 2026-05-31T00:00:00.000Z to /);
    expect(JSON.parse(cycle.out[0] ?? '')).toMatchObject({
      query: 'cycle',
      rows: [{ application: 'entra', first: '2026-05-31T23:20:00.000Z', last: '2026-05-31T23:30:00.000Z', requests: '2', refused: '1' }],
    });
    expect(user.out).toHaveLength(2);
    expect((await scim('logs --local --query addresses')).err).toContainEqual('No line answers that.');
  });

  it('says of a line without a route whether its path leads nowhere, or was not looked at', async () => {
    const log = logOf([at(3, NOT_LET_IN), at(2, { ...REFUSED, route: undefined, status: 404, refusal: 'notFound' })]);

    const { out } = await scim('logs --local', { log });

    expect(out).toEqual([expect.stringContaining('(path not looked at)'), expect.stringContaining('(no such path)')]);
    expect((await scim(`explain ${ID} --local`, { log: logOf([at(3, NOT_LET_IN)]) })).out).toContain(
      'Asked    POST of a path that was not looked at',
    );
  });

  it('finds by name who is hashed in the log, and their lines from before', async () => {
    const identifierKey = Buffer.alloc(32, 7).toString('base64url');
    const credentials = new MemoryCredentialStore({ ...EMPTY_LIST, identifierKey });
    const hashOf = (name: string) => hashIdentifier(identifierKey, name);
    const log = logOf([
      at(9, REFUSED),
      at(8, { ...CREATED, subject: hashOf('bob') }),
      at(7, { ...CREATED, subject: hashOf('guides'), resourceType: 'Group', membersAdded: 3 }),
    ]);

    const user = await scim('logs --local --query user --user BOB --json', { credentials, log });
    const group = await scim('logs --local --query group-members --group Guides --json', { credentials, log });

    expect(JSON.parse(user.out[0] ?? '').rows).toMatchObject([{ subject: 'bob' }, { subject: hashOf('bob') }]);
    expect(JSON.parse(group.out[0] ?? '').rows).toMatchObject([{ membersAdded: '3' }]);
  });

  it.each([
    ['logs --local --query failure', 2, /There is no saved query "failure"; did you mean "failures"/],
    ['logs --local --query user', 2, /asks about one: add --user/],
    ['logs --local --query slow --errors', 2, /--query stands alone/],
    ['logs --local --user ada', 2, /belong to --query/],
    ['logs --local --since yesterday', 2, /--since takes minutes, hours, days or weeks/],
    ['logs --local --since 0h', 2, /--since takes minutes/],
    ['logs --local --since 523w', 2, /ten years at most/],
    ['report --local --since 24', 2, /--since takes minutes/],
    ['report --local --since 99999w', 2, /ten years at most/],
    ['logs --local --request 4711', 2, /There is no request id in that/],
    ['logs', 2, /Say which system/],
  ])('says about "scim %s" what would be right', async (line, expected, words) => {
    const { status, err } = await scim(line);

    expect({ status, words: err.join('\n') }).toEqual({ status: expected, words: expect.stringMatching(words) });
  });
});

const GATEWAY_ID = '00000000-0000-4000-8000-000000000001';
const INVOCATION = '00000000-0000-4000-8000-000000000002';

describe('scim explain', () => {
  it('says what was asked, by whom, what came out, why, and what to do', async () => {
    const { status, out } = await scim(`explain ${ID} --local`, { log: logOf([LINES[3] ?? at(0, '')]) });

    expect(status).toBe(0);
    expect(out.slice(0, 6)).toEqual([
      `Request  ${ID}`,
      'Asked    POST /Users ("bob")',
      'By       application entra',
      'Outcome  answered 409; refused as uniqueness; in 12 ms',
      expect.stringMatching(/^Cause {4}Another resource has this userName/),
      expect.stringMatching(/^Remedy {3}Find the other one/),
    ]);
    expect(out.at(-1)).toContain('uniqueness');
  });

  it.each([`(request ${ID})`, `"${ID}"`, ID.toUpperCase(), `User 01a1fd9c-b400-7742-9fca-8a02df412894 exists; find it. (request ${ID})`])(
    'takes the id as a person pastes it: %s',
    async (pasted) => {
      const { terminal, out } = aTerminal({ log: logOf(LINES) });
      const { runCommandLine } = await import('../../../cli/program.ts');

      expect(await runCommandLine(['explain', pasted, '--local'], terminal)).toBe(0);
      expect(out[0]).toBe(`Request  ${ID}`);
    },
  );

  it('says that nothing is wrong where nothing is, and shows the work that was left', async () => {
    const removed = { ...CREATED, method: 'DELETE', status: 204, changed: [], membersRemoved: 2, state: 'disabled', resourceId: 'r9' };
    const work = { event: 'work', work: 'sweep', resourceType: 'User', resourceId: 'r9', rows: 3, requestId: 'w' };
    const { out } = await scim(`explain ${ID} --local --json`, {
      log: logOf([at(9, removed), at(8, work), at(7, { ...work, resourceId: 'r8' })]),
    });

    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      outcome: 'answered 204; nothing had to be changed; 2 members removed; the user is disabled now; in 12 ms',
      causes: [],
      work: [{ work: 'sweep', resourceId: 'r9' }],
    });
    expect((await scim(`explain ${ID} --local`, { log: logOf([at(9, removed)]) })).out).toContain(
      'Cause    It went as it was asked for; there is nothing to do.',
    );
  });

  it.each<readonly [string, readonly RawLine[], RegExp]>([
    ['the gateway refused', [at(5, { ...THROTTLED, requestId: ID }, 'gateway')], /throttling lets through/],
    [
      'nobody foresaw',
      [at(5, { event: 'unexpectedError', requestId: ID, names: ['TypeError'], frames: [] })],
      /a bug, or a failure of AWS/,
    ],
    ['the policy ignored', [at(5, { ...CREATED, policy: 'ignore' })], /accepts such requests and does nothing/],
    ['removed a user who was deactivated', [at(5, { ...CREATED, effect: 'removed' })], /deleteDeactivatedUsers is on/],
    ['the token endpoint refused', [at(5, { ...REFUSED, refusal: 'invalid_client', reason: 'wrongSecret' })], /has no such secret/],
    ['the token endpoint refused for its form', [at(5, { ...REFUSED, refusal: 'invalid_request' })], /is no form/],
    ['was answered 500', [at(5, { ...REFUSED, status: 500, refusal: undefined })], /a bug, or a failure of AWS/],
    [
      'Lambda stopped',
      [
        at(
          5,
          { requestId: ID, status: '504', refusal: 'INTEGRATION_TIMEOUT', functionStatus: '200', functionRequestId: INVOCATION },
          'gateway',
        ),
        at(5, `2026-05-31T23:55:00Z ${INVOCATION} Task timed out after 28.00 seconds`, 'users'),
        at(5, `START RequestId: ${INVOCATION}`, 'users'),
      ],
      /its time was over/,
    ],
    [
      'ended Lambda',
      [
        at(
          5,
          { requestId: ID, status: '504', refusal: 'INTEGRATION_FAILURE', functionStatus: '200', functionRequestId: INVOCATION },
          'gateway',
        ),
        at(5, `RequestId: ${INVOCATION} Error: Runtime exited with error: signal: killed`, 'users'),
      ],
      /ran out of memory/,
    ],
  ])('tells why a request that %s came out so', async (_, lines, words) => {
    const { out } = await scim(`explain ${ID} --local`, { log: logOf(lines) });

    expect(out.find((line) => line.startsWith('Cause'))).toMatch(words);
    expect(out.filter((line) => line.startsWith('Remedy'))).toHaveLength(1);
    expect(out.join('\n')).not.toContain('START');
  });

  it('tells of each operation of a bulk request that failed, and each cause once', async () => {
    const bulk = { ...CREATED, route: '/Bulk', status: 200, changed: undefined };
    const operation = { event: 'bulkOperation', requestId: ID, method: 'POST', route: '/Users', application: 'entra' };
    const operations = [
      { ...operation, index: 0, status: 201 },
      { ...operation, index: 1, status: 409, refusal: 'uniqueness' },
      { ...operation, index: 2, status: 409, refusal: 'uniqueness' },
    ];
    const { out } = await scim(`explain ${ID} --local`, { log: logOf([...operations, bulk].map((line) => at(3, line))) });

    expect(out).toContain('Outcome  answered 200; 3 operations, 2 of them refused or failed; in 12 ms');
    expect(out.filter((line) => line.startsWith('Cause'))).toHaveLength(1);
  });

  it('explains what the stream function did, by the id of its invocation', async () => {
    const feed = { event: 'feed', requestId: ID, changes: 10, appended: 10, published: 0, putAside: 1 };
    const fault = { event: 'unexpectedError', requestId: ID, names: ['MalformedItem'], frames: [] };
    const { out } = await scim(`explain ${ID} --local`, { log: logOf([at(3, fault), at(3, feed)]) });

    expect(out).toContainEqual(expect.stringMatching(/^Asked +nothing: the stream function took 10 changes/));
    expect(out).toContainEqual(expect.stringMatching(/^By +nobody: it is what changes of the directory lead to/));
    expect(out).toContainEqual(expect.stringMatching(/^Cause +The service met something nobody expected/));
  });

  it('explains an act of administration, and work, by the id of their invocation', async () => {
    const act = await scim(`explain ${ID} --local`, {
      log: logOf([at(3, { event: 'admin', requestId: ID, act: 'token.create', by: 'grace', outcome: 'refused' })]),
    });
    const work = await scim(`explain ${ID} --local`, { log: logOf([at(3, { event: 'work', requestId: ID, work: 'sweep', rows: 1 })]) });

    expect(act.out.slice(1, 4)).toEqual(['Asked    the act token.create', 'By       grace', 'Outcome  refused']);
    expect(work.out[1]).toBe('Asked    work that a request has left: sweep');
  });

  it.each([
    ['refused', /act of administration was refused/],
    ['failed', /out of reach or busy/],
    ['done', /It went as it was asked for/],
  ])('says why an act of administration is %s', async (outcome, words) => {
    const { out } = await scim(`explain ${ID} --local`, { log: logOf([at(3, { event: 'admin', requestId: ID, act: 'a.b', outcome })]) });

    expect(out.filter((line) => line.startsWith('Cause'))).toEqual([expect.stringMatching(words)]);
  });

  it("takes no user's id for that of a request", async () => {
    const log = logOf([at(9, { ...CREATED, resourceId: GATEWAY_ID }), at(8, { ...REFUSED, resourceId: GATEWAY_ID })]);
    const { status, out, err } = await scim(`explain ${GATEWAY_ID} --local`, { log });

    expect({ status, out, err: err.join() }).toEqual({
      status: 1,
      out: [],
      err: expect.stringContaining(
        `is the id of something else than a request. What happened to a user or group of this id: scim report --user`,
      ),
    });
  });

  it('looks further back until it finds the request, and says how far it looked when it does not', async () => {
    const monthAgo = [at(20 * 24 * 60, { ...CREATED, requestId: GATEWAY_ID })];

    expect((await scim(`explain ${GATEWAY_ID} --local`, { log: logOf(monthAgo) })).status).toBe(0);
    expect(await scim(`explain ${GATEWAY_ID} --local --since 7d`, { log: logOf(monthAgo) })).toMatchObject({
      status: 1,
      err: [expect.stringMatching(/^No line names the request .* between 2026-05-25T00:00:00.000Z and 2026-06-01.* leave no line/)],
    });
    expect((await scim(`explain ${ID} --tenant example`, { log: logOf([], { retentionDays: 7 }) })).err[0]).toMatch(
      /between 2026-05-25T00:00:00.000Z .*try again in a minute/,
    );
  });

  it('says what an id looks like to whom has none', async () => {
    expect(await scim('explain uniqueness --local')).toMatchObject({ status: 2, err: [expect.stringMatching(/It looks like 7f8dc820/)] });
  });
});
