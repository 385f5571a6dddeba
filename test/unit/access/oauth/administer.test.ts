import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CredentialList } from '../../../../src/access/credential-list.ts';
import { createClient, federateClient, revokeClient } from '../../../../src/access/oauth/administer.ts';
import { rotateClient } from '../../../../src/access/oauth/rotate-client.ts';
import type { CredentialStore, DecideCredentials } from '../../../../src/access/ports.ts';
import { aCall, listOf, MemoryApplicationRepository, MemoryCredentialStore, MemoryLastUses } from '../../../support/access-memory.ts';
import { aClient } from '../../../support/token-endpoint.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');
const made = { by: 'ada', application: 'default', accessTokenMinutes: 60, scope: 'full' } as const;
const create = { act: 'client.create', ...made, expiresInDays: 365 } as const;
const trust = { issuer: 'https://a.example', subject: 's', audiences: ['a'], reuse: 'refuse' } as const;
const federate = { act: 'client.federate', ...made, ...trust, expiresInDays: 'never' } as const;
const rotate = { act: 'client.rotate', by: 'ada', application: 'default', expiresInDays: 365, overlapHours: 72 } as const;
const revoke = { act: 'client.revoke', by: 'ada', credential: 'c1' } as const;

const over = (credentials: CredentialStore) => ({
  credentials,
  applications: new MemoryApplicationRepository(),
  lastUses: new MemoryLastUses(),
  now: () => NOW,
  randomBytes,
});

/** Loses the answer to a change that took effect, so that it is decided once more, on its own outcome. */
class ForgetfulStore extends MemoryCredentialStore {
  override async changeCredentials(decide: DecideCredentials): Promise<void> {
    await super.changeCredentials(decide);
    await super.changeCredentials(decide);
  }
}

const forgetful = (list?: CredentialList) => {
  const store = new ForgetfulStore(list);
  return { store, administration: over(store) };
};

describe('an act about clients whose answer was lost', () => {
  it('makes one secret, and tells the client id that is stored', async () => {
    const { store, administration } = forgetful();

    const { result } = await createClient(administration, create, aCall());

    expect(store.list.credentials).toEqual([expect.objectContaining({ id: result.client.id, clientId: result.client.clientId })]);
  });

  it('rotates once', async () => {
    const { store, administration } = forgetful(listOf(aClient(1)));

    const { result } = await rotateClient(administration, rotate, aCall());

    expect(store.list.credentials.map(({ id }) => id)).toEqual(['c1', result.client.id]);
    expect(result.older.map(({ id }) => id)).toEqual(['c1']);
  });

  it('revokes, although there is nothing left to revoke', async () => {
    const { store, administration } = forgetful(listOf(aClient(1)));

    await expect(revokeClient(administration, revoke)).resolves.toMatchObject({ result: { client: { id: 'c1' } } });
    expect(store.list.credentials).toEqual([]);
  });
});

describe('a vault that decides nothing', () => {
  const idle = over({ readCredentials: async () => listOf(), changeCredentials: async () => {} });

  it.each([
    ['create', () => createClient(idle, create, aCall())],
    ['federate', () => federateClient(idle, federate, aCall())],
    ['rotate', () => rotateClient(idle, rotate, aCall())],
    ['revoke', () => revokeClient(idle, revoke)],
  ])('is a bug that "%s" does not pass over', async (_act, perform) => {
    await expect(perform()).rejects.toThrow(TypeError);
  });
});
