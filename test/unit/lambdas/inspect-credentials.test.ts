import { describe, expect, it } from '@jest/globals';
import { inspectCredentials } from '../../../lambdas/sweeper/inspect-credentials.ts';
import type { Credential } from '../../../src/access/credentials/credential.ts';
import type { CredentialSource } from '../../../src/access/ports.ts';
import type { LogLine } from '../../../src/runtime/log.ts';
import { aCredential, aToken, listOf, MemoryCredentialStore } from '../../support/access-memory.ts';
import { aCall } from '../../support/store-call.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');
const DAY_MS = 24 * 60 * 60_000;

const expiring = (days: number, id = `in-${days}`, application = id): Credential =>
  aCredential(aToken(1), { id, application, expiresAt: new Date(NOW + days * DAY_MS).toISOString() });

/** What an inspection logs; a later one remembers what was warned of. */
function setUp(credentials: CredentialSource) {
  const [lines, claimed]: [LogLine[], Set<string>] = [[], new Set()];
  const never = () => Promise.reject(new TypeError('no work is done here'));
  const services = {
    queue: { send: never },
    parseWork: () => ({ kind: 'inspect' }) as const,
    sweeperOf: never,
    credentials,
    claimWarning: async ({ credential, threshold }: { readonly credential: string; readonly threshold: number }) => {
      const key = `${credential} ${threshold}`;
      const isNews = !claimed.has(key);
      claimed.add(key);
      return isNews;
    },
    tenant: 'example',
    clock: () => world.nowMs,
    log: (line: LogLine) => void lines.push(line),
  };
  const world = { nowMs: NOW };
  return { lines, world, inspect: () => inspectCredentials(services, aCall()) };
}

describe('inspectCredentials', () => {
  it('warns once when 90, 30, 14, 7 days and 1 day are left, although it looks every day', async () => {
    const { lines, world, inspect } = setUp(new MemoryCredentialStore(listOf(expiring(100, 'c1', 'hr'))));

    for (let day = 0; day <= 101; day += 1) {
      world.nowMs = NOW + day * DAY_MS + (day % 3) * 60_000;
      await inspect();
    }

    const warnings = lines.flatMap((line) => (line.event === 'credentialExpiry' ? [line] : []));
    expect(warnings.map(({ daysLeft }) => daysLeft)).toEqual([90, 30, 14, 7, 1]);
    expect(warnings[0]).toEqual({
      event: 'credentialExpiry',
      tenant: 'example',
      application: 'hr',
      credential: 'c1',
      kind: 'token',
      daysLeft: 90,
    });
  });

  it('warns of each threshold although a day was left out', async () => {
    const { lines, world, inspect } = setUp(new MemoryCredentialStore(listOf(expiring(31))));

    for (const day of [0, 3, 18]) {
      world.nowMs = NOW + day * DAY_MS;
      await inspect();
    }

    expect(lines.filter(({ event }) => event === 'credentialExpiry')).toMatchObject([{ daysLeft: 31 }, { daysLeft: 28 }, { daysLeft: 13 }]);
  });

  it.each([
    ['the first application to be locked out', [expiring(40), expiring(5), expiring(300)], 5],
    ['a newer credential of the same one', [expiring(2, 'old', 'hr'), expiring(300, 'new', 'hr')], 300],
    ['one that has expired, with nothing in its place', [expiring(-3), expiring(40)], 0],
  ])('gives CloudWatch the days left: counts %s', async (_, credentials, daysLeft) => {
    const { lines, inspect } = setUp(new MemoryCredentialStore(listOf(...credentials)));

    await inspect();

    expect(lines.at(-1)).toEqual({ event: 'metric', tenant: 'example', TokenDaysLeft: daysLeft });
  });

  it.each([
    ['there are none', []],
    ['one never expires', [aCredential(aToken(1)), expiring(3, 'c2', 'default')]],
  ])('gives it nothing while %s', async (_, credentials) => {
    const { lines, inspect } = setUp(new MemoryCredentialStore(listOf(...credentials)));

    await inspect();

    expect(lines.filter(({ event }) => event === 'metric')).toEqual([]);
  });

  it.each([
    ['TimeoutError', Object.assign(new Error('canary-4711'), { name: 'TimeoutError' })],
    ['string', 'canary-4711'],
  ])('goes by with a notice when the vault answers %s, and quotes nothing', async (name, failure) => {
    const { lines, inspect } = setUp({ readCredentials: () => Promise.reject(failure) });

    await inspect();

    expect(lines).toEqual([{ event: 'notice', tenant: 'example', notice: `Whose credentials expire could not be looked up: ${name}.` }]);
  });
});
