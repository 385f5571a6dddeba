import { afterEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../../cli/commands/doctor/finding.ts';
import { judgeEndpoint, probe } from '../../../cli/commands/doctor/judge-endpoint.ts';
import { judgeLog } from '../../../cli/commands/doctor/judge-log.ts';
import { judgeService } from '../../../cli/commands/doctor/judge-service.ts';
import type { CheckedService } from '../../../src/directory/service/answers.ts';
import { type StandIn, startStandIn } from '../../support/aws/stand-in.ts';
import { logOf } from '../../support/log-memory.ts';

const NOW = new Date('2026-06-01T00:00:00.000Z');
const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();

const aCredential = (overrides: Partial<CheckedService['credentials'][number]> = {}): CheckedService['credentials'][number] => ({
  id: 'c1',
  application: 'default',
  name: 'Entra ID',
  kind: 'token',
  scope: 'full',
  createdAt: inDays(-10),
  expiresAt: inDays(300),
  status: 'live',
  ...overrides,
});

const aService = (overrides: Partial<CheckedService> = {}): CheckedService => ({
  now: NOW.toISOString(),
  applications: [{ key: 'default', title: 'Default', state: 'enabled', kind: 'token', ipRanges: 0 }],
  credentials: [aCredential()],
  unreadable: 0,
  work: { announced: 0, restored: 0, changes: 0 },
  ...overrides,
});

const ofCheck = (findings: readonly Finding[], check: string): readonly Finding[] => findings.filter((finding) => finding.check === check);

describe('what a tenant says of itself', () => {
  it('is well, but for what nobody need do anything about', () => {
    const findings = judgeService(aService(), NOW);

    expect(findings.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual([
      'clock good',
      'credentials good',
      'addresses note',
      'last request note',
      'work good',
    ]);
  });

  it.each([
    [0, 'good', /nothing failed/],
    [1, 'wrong', /^1 piece of work failed again and again, and was put aside$/],
    [3, 'wrong', /3 pieces of work failed again and again/],
  ] as const)('with %i messages put aside, that is %s', (deadLetters, verdict, says) => {
    expect(ofCheck(judgeService(aService({ deadLetters }), NOW), 'put aside')).toMatchObject([
      { verdict, says: expect.stringMatching(says) },
    ]);
  });

  it.each([
    [{ credentials: [] }, 'wrong', /default: no credential is accepted/],
    [{ credentials: [aCredential({ status: 'expired', expiresAt: inDays(-1) })] }, 'wrong', /default: no credential is accepted/],
    [{ credentials: [aCredential({ application: 'hr' })] }, 'wrong', /default: no credential is accepted/],
    [{ credentials: [aCredential({ expiresAt: inDays(30) })] }, 'note', /default: c1 \(Entra ID\) expires in 30 days/],
    [{ credentials: [aCredential({ expiresAt: inDays(31) })] }, 'good', /1 accepted, none ends soon/],
    [{ credentials: [aCredential({ expiresAt: inDays(7) })] }, 'wrong', /expires in 7 days/],
    [{ credentials: [aCredential({ expiresAt: null })] }, 'good', /none ends soon/],
    [{ credentials: [aCredential({ scope: 'read' })] }, 'wrong', /may only read, so that Test Connection passes/],
    [{ credentials: [aCredential({ scope: 'read' }), aCredential({ id: 'c2' })] }, 'good', /2 accepted/],
    [{ applications: [] }, 'wrong', /no application is enabled/],
  ] as const)('with %j has credentials that are %s', (overrides, verdict, says) => {
    const findings = ofCheck(judgeService(aService(overrides), NOW), 'credentials');

    expect(findings).toMatchObject([{ verdict, says: expect.stringMatching(says) }]);
    expect(findings.every(({ verdict: each, todo }) => each === 'good' || todo !== undefined)).toBe(true);
  });

  it.each([
    ['token', 'scim token create --app hr'],
    ['identifier-password', 'scim account create --app hr'],
    ['oauth-client', 'scim client create --app hr'],
  ] as const)('names for a client that presents a %s the command that makes one: %s', (kind, command) => {
    const applications = [{ key: 'hr', title: 'HR', state: 'enabled', kind, ipRanges: 0 }] as const;
    const ofHr = { application: 'hr', kind };
    const worlds = [[], [aCredential({ ...ofHr, expiresAt: inDays(3) })], [aCredential({ ...ofHr, scope: 'read' })]];

    for (const credentials of worlds) {
      const [finding] = ofCheck(judgeService(aService({ applications, credentials }), NOW), 'credentials');
      expect(finding?.todo).toContain(`"${command}"`);
    }
  });

  it('has a federation that ends soon made again as one', () => {
    const credentials = [aCredential({ kind: 'oauth-federation', expiresAt: inDays(3) })];

    const [finding] = ofCheck(judgeService(aService({ credentials }), NOW), 'credentials');

    expect(finding?.todo).toContain('"scim client federate --app default"');
  });

  it('counts what cannot be read, names what is disabled, and asks for no credential of it', () => {
    const findings = judgeService(
      aService({ unreadable: 2, applications: [{ key: 'hr', title: 'HR', state: 'disabled', kind: 'token', ipRanges: 3 }] }),
      NOW,
    );

    expect(findings).toContainEqual(
      expect.objectContaining({ verdict: 'wrong', says: expect.stringContaining('2 entries of the secret') }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'applications', todo: expect.stringContaining('scim app enable hr') }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'addresses', says: 'hr: requests are taken from 3 ranges of addresses' }),
    );
  });

  it.each([
    [{}, 'note', 'no credential was ever used'],
    [{ lastUsedAt: inDays(-2) }, 'note', `a credential was last used at ${inDays(-2)}`],
    [{ lastUsedAt: inDays(-0.9) }, 'good', `a credential was last used at ${inDays(-0.9)}`],
  ] as const)('with a credential like %j finds the last request a %s', (overrides, verdict, says) => {
    const earlier = 'lastUsedAt' in overrides ? [aCredential({ lastUsedAt: inDays(-9) })] : [];

    const findings = judgeService(aService({ credentials: [aCredential(overrides), ...earlier] }), NOW);

    expect(ofCheck(findings, 'last request')).toMatchObject([{ verdict, says }]);
  });

  it.each([
    [0, 'good', 'this machine and the service agree'],
    [-5, 'good', 'this machine and the service agree'],
    [6, 'note', 'this machine is 6 s ahead of the service'],
    [-60, 'note', 'this machine is 60 s behind the service'],
    [61, 'wrong', 'this machine is 61 s ahead of the service'],
  ] as const)('finds a clock that differs by %d s %s', (seconds, verdict, says) => {
    const findings = judgeService(aService(), new Date(NOW.getTime() + seconds * 1_000));

    expect(ofCheck(findings, 'clock')).toMatchObject([{ verdict, says }]);
  });

  it.each([
    [{ announced: 0, restored: 0, changes: 0 }, 'good'],
    [{ announced: 1, restored: 2, changes: 3 }, 'note'],
    [{ announced: 1_000, restored: 1, changes: 0 }, 'wrong'],
  ] as const)('finds the work %j %s', (work, verdict) => {
    expect(ofCheck(judgeService(aService({ work }), NOW), 'work')).toMatchObject([{ verdict }]);
  });
});

describe('the endpoint', () => {
  let endpoint: StandIn | undefined;
  afterEach(async () => {
    await endpoint?.close();
    endpoint = undefined;
  });

  const listening = async (status: number, body: string): Promise<string> => {
    endpoint = await startStandIn(() => ({ status, body }));
    return `${endpoint.url}/example/scim/v2`;
  };

  it.each([
    [401, '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"]}', 'good', /asks for a token/],
    [401, '<html>', 'wrong', /answers 401/],
    [403, '{"message":"Forbidden"}', 'wrong', /answers 403/],
    [200, '{}', 'wrong', /answers 200/],
  ] as const)('that answers %d with %s is %s', async (status, body, verdict, says) => {
    const url = await listening(status, body);

    const finding = judgeEndpoint(url, await probe(url));

    expect(finding).toMatchObject({ check: 'endpoint', verdict, says: expect.stringMatching(says) });
  });

  it('that does not answer is wrong, and one whose URL nobody knows is noted', async () => {
    const url = await listening(200, '');
    await endpoint?.close();
    endpoint = undefined;

    expect(judgeEndpoint(url, await probe(url))).toMatchObject({ verdict: 'wrong', says: `${url} does not answer (ECONNREFUSED)` });
    expect(judgeEndpoint(undefined, undefined)).toMatchObject({ verdict: 'note' });
  });
});

describe('the log', () => {
  const line = (status: number, subject: string, overrides: object = {}) => {
    const refusal = status < 400 ? undefined : 'uniqueness';
    const record = { time: inDays(-0.5), event: 'request', operation: 'update', status, subject, refusal, ...overrides };
    return { atMs: Date.parse(record.time), text: JSON.stringify(record) };
  };

  it('names those whose latest write was refused, and nobody for whom it went well afterwards', async () => {
    const log = logOf([
      line(409, 'ada'),
      line(409, 'bea'),
      line(200, 'bea'),
      line(409, 'old', { time: inDays(-2) }),
      line(404, 'reader', { operation: 'read' }),
    ]);

    expect(await judgeLog(async () => log, NOW)).toMatchObject({
      verdict: 'note',
      says: 'the latest write was refused for ada (409 uniqueness)',
    });
  });

  it('says so where nobody failed, and why where there is no log', async () => {
    const noLog = () => Promise.reject(new Error('there is no log'));

    expect(await judgeLog(async () => logOf([line(200, 'ada')]), NOW)).toMatchObject({ verdict: 'good' });
    expect(await judgeLog(noLog, NOW)).toMatchObject({
      verdict: 'note',
      says: expect.stringContaining('cannot be read'),
      todo: 'there is no log',
    });
  });
});
