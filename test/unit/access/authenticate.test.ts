import { describe, expect, it } from '@jest/globals';
import { authenticator } from '../../../src/access/authenticate.ts';
import type { Credential } from '../../../src/access/credentials/credential.ts';
import { REFUSALS, ScimError } from '../../../src/scim/errors.ts';
import { aCredential, aToken, listOf, MemoryCredentialStore } from '../../support/access-memory.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const vaultTimeout: unknown = Object.assign(new Error('canary-4711'), { name: 'TimeoutError' });

/** A vault that can be taken out of reach, a clock that is moved by hand, and the notices an operator would see. */
function setUp(...credentials: readonly Credential[]) {
  const vault = new MemoryCredentialStore(listOf(...credentials));
  const world = { nowMs: Date.parse('2026-06-01T00:00:00.000Z'), isDown: false, failure: vaultTimeout, notices: [] as string[] };
  const secrets = {
    readCredentials: async () => {
      const list = await vault.readCredentials();
      if (world.isDown) throw world.failure;
      return list;
    },
  };
  const authenticate = authenticator({ secrets, now: () => world.nowMs, notify: (notice) => world.notices.push(notice) });
  const present = (token: string) => authenticate(`Bearer ${token}`);
  const wait = (ms: number) => {
    world.nowMs += ms;
  };
  return { vault, world, authenticate, present, wait };
}

const unauthorized = { kind: 'unauthorized', message: REFUSALS.unauthorized.detail };
const unavailable = { kind: 'unavailable', status: 503, headers: { 'Retry-After': '5' } };
const known = aCredential(aToken(1));

describe('authenticate', () => {
  it('says who presents a token', async () => {
    const { present } = setUp(aCredential(aToken(1), { id: 'c7', application: 'hr', scope: 'read' }));

    await expect(present(aToken(1))).resolves.toEqual({ application: 'hr', credential: 'c7', scope: 'read' });
  });

  it.each([`bearer ${aToken(1)}`, `BEARER ${aToken(1)}`, `  Bearer   ${aToken(1)}  `, `Bearer ${aToken(1)}\r\n`])(
    'takes the scheme in any case, and blanks that were pasted along: %j',
    async (header) => {
      const { authenticate } = setUp(known);

      await expect(authenticate(header)).resolves.toMatchObject({ credential: 'c1' });
    },
  );

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    aToken(1),
    `Basic ${aToken(1)}`,
    `Basic ${Buffer.from(`user:${aToken(1)}`).toString('base64')}`,
    `Bearer ${aToken(1).slice(0, -1)}`,
    `Bearer ${aToken(1)} ${aToken(1)}`,
    `Bearer  x`,
    'Bearer __proto__',
    `Bearer ${Buffer.from('user:password').toString('base64')}`,
  ])('refuses %j without asking the vault', async (header) => {
    const { authenticate, vault } = setUp(known);

    await expect(authenticate(header)).rejects.toMatchObject(unauthorized);
    expect(vault.reads).toBe(0);
  });

  it('refuses in the same words whether a token is malformed, unknown or expired', async () => {
    const { authenticate, present } = setUp(aCredential(aToken(1), { expiresAt: '2026-05-31T00:00:00.000Z' }));

    const refusals = await Promise.all(
      [authenticate('Bearer x'), present(aToken(2)), present(aToken(1))].map((refused) =>
        refused.then(
          () => 'accepted',
          ({ status, message, headers }) => JSON.stringify({ status, message, headers }),
        ),
      ),
    );

    expect(new Set(refusals).size).toBe(1);
  });

  it('refuses every token while the secret has no value', async () => {
    await expect(setUp().present(aToken(1))).rejects.toMatchObject(unauthorized);
  });
});

describe('the list of credentials in memory', () => {
  it('serves 30 s without another call', async () => {
    const { present, vault, wait } = setUp(known);

    await present(aToken(1));
    wait(30 * SECOND - 1);
    await present(aToken(1));

    expect(vault.reads).toBe(1);
  });

  it('lets a revoked token in for no more than 30 s', async () => {
    const { present, vault, wait } = setUp(known);
    await present(aToken(1));
    vault.list = listOf();

    wait(30 * SECOND);

    await expect(present(aToken(1))).rejects.toMatchObject(unauthorized);
  });

  it('accepts a new token at the latest 10 s after it was made', async () => {
    const { present, vault, wait } = setUp(known);
    await present(aToken(1));
    vault.list = listOf(known, aCredential(aToken(2), { id: 'c2' }));

    wait(10 * SECOND);

    await expect(present(aToken(2))).resolves.toMatchObject({ credential: 'c2' });
  });

  it('asks no more than once in 10 s, however many unknown tokens are presented', async () => {
    const { present, vault, wait } = setUp(known);

    for (let second = 0; second < 60; second += 1) {
      await expect(present(aToken(second + 2))).rejects.toMatchObject(unauthorized);
      wait(SECOND);
    }

    expect(vault.reads).toBe(6);
  });

  it('is read once for all who ask at the same time', async () => {
    const { present, vault } = setUp(known);

    await Promise.all(Array.from({ length: 20 }, () => present(aToken(1))));

    expect(vault.reads).toBe(1);
  });

  it('names an entry it cannot read once, not at each refresh', async () => {
    const { present, vault, world, wait } = setUp(known);
    vault.list = { ...vault.list, unreadable: [{ id: 'o1', kind: 'oauth-client' }] };

    await present(aToken(1));
    wait(MINUTE);
    await present(aToken(1));

    expect(world.notices).toEqual([expect.stringMatching(/o1.*oauth-client/)]);
  });
});

describe('with the vault out of reach', () => {
  it('answers 503, never 401, when nothing is known', async () => {
    const { present, world } = setUp(known);
    world.isDown = true;

    await expect(present(aToken(1))).rejects.toMatchObject(unavailable);
  });

  it('goes on accepting by the last known list for 15 minutes, then answers 503', async () => {
    const { present, world, wait } = setUp(known);
    await present(aToken(1));
    world.isDown = true;

    wait(15 * MINUTE - 1);
    await expect(present(aToken(1))).resolves.toMatchObject({ credential: 'c1' });
    wait(1);
    await expect(present(aToken(1))).rejects.toMatchObject(unavailable);
  });

  it('answers an unknown token with 503, because it may have been made since', async () => {
    const { present, world, wait } = setUp(known);
    await present(aToken(1));
    world.isDown = true;

    await expect(present(aToken(2))).rejects.toMatchObject(unauthorized);
    wait(10 * SECOND);
    await expect(present(aToken(2))).rejects.toMatchObject(unavailable);
    await expect(present(aToken(2))).rejects.toMatchObject(unavailable);
  });

  it('still honours an expiry', async () => {
    const { present, world, wait } = setUp(aCredential(aToken(1), { expiresAt: '2026-06-01T00:01:00.000Z' }));
    await present(aToken(1));
    world.isDown = true;

    wait(MINUTE);

    await expect(present(aToken(1))).rejects.toMatchObject(unavailable);
  });

  it('does not make every request wait for it: one attempt in 5 s', async () => {
    const { present, vault, world, wait } = setUp(known);
    await present(aToken(1));
    world.isDown = true;
    wait(MINUTE);

    for (let second = 0; second < 10; second += 1) {
      await present(aToken(1));
      wait(SECOND);
    }

    expect(vault.reads).toBe(1 + 2);
  });

  it('comes back by itself', async () => {
    const { present, vault, world, wait } = setUp(known);
    await present(aToken(1));
    world.isDown = true;
    wait(20 * MINUTE);
    await expect(present(aToken(1))).rejects.toMatchObject(unavailable);

    world.isDown = false;
    vault.list = listOf(aCredential(aToken(2), { id: 'c2' }));
    wait(5 * SECOND);

    await expect(present(aToken(2))).resolves.toMatchObject({ credential: 'c2' });
  });

  it.each([
    ['TimeoutError', vaultTimeout],
    ['TimeoutError', new ScimError('unavailable', 'canary-4711', { cause: vaultTimeout })],
    ['unknown', 'canary-4711'],
  ])('tells the operator the kind of failure, %s, and none of its words', async (kind, failure) => {
    const { present, world } = setUp(known);
    Object.assign(world, { isDown: true, failure });

    await expect(present(aToken(1))).rejects.toMatchObject({ message: expect.not.stringContaining('canary') });
    expect(world.notices).toEqual([`The vault is out of reach: ${kind}.`]);
  });
});
