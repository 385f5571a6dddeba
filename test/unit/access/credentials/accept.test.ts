import { describe, expect, it } from '@jest/globals';
import { acceptor } from '../../../../src/access/credentials/accept.ts';
import type { Credential } from '../../../../src/access/credentials/credential.ts';
import { aCredential, anAccount, aToken } from '../../../support/access-memory.ts';

const NOW = new Date('2026-06-01T12:00:00.000Z');
const accept = (presented: string, credentials: readonly Credential[], now = NOW) => acceptor()(presented)?.(credentials, now);

describe('acceptor', () => {
  it('says whose credential it is and what it may do', async () => {
    const credentials = [aCredential(aToken(1), { id: 'one' }), aCredential(aToken(2), { id: 'two', application: 'hr', scope: 'read' })];

    await expect(accept(aToken(2), credentials)).resolves.toEqual({ application: 'hr', credential: 'two', scope: 'read' });
  });

  it('accepts none that it does not hold', async () => {
    await expect(accept(aToken(3), [aCredential(aToken(1)), aCredential(aToken(2))])).resolves.toBeUndefined();
  });

  it('accepts nothing from an empty list', async () => {
    await expect(accept(aToken(1), [])).resolves.toBeUndefined();
  });

  it('accepts a credential until the instant it expires, and not at it', async () => {
    const credentials = [aCredential(aToken(1), { expiresAt: NOW.toISOString() })];

    await expect(accept(aToken(1), credentials, new Date(NOW.getTime() - 1))).resolves.toBeDefined();
    await expect(accept(aToken(1), credentials, NOW)).resolves.toBeUndefined();
  });

  it('accepts a token by its live entry although an expired one of it stands behind or before', async () => {
    const live = aCredential(aToken(1), { id: 'live' });
    const expired = aCredential(aToken(1), { id: 'expired', expiresAt: '2026-01-02T00:00:00Z' });

    await expect(accept(aToken(1), [live, expired])).resolves.toMatchObject({ credential: 'live' });
    await expect(accept(aToken(1), [expired, live])).resolves.toMatchObject({ credential: 'live' });
  });

  it('does not take the hash of a token for the token', () => {
    const credential = aCredential(aToken(1));

    expect(acceptor()(credential.hash)).toBeUndefined();
  });

  it('tells the kinds apart by how they are presented', async () => {
    const { account, bearerToken } = await anAccount('correct horse battery');

    await expect(accept(bearerToken, [aCredential(aToken(1)), account])).resolves.toMatchObject({ credential: account.id });
    await expect(accept(aToken(1), [aCredential(aToken(1)), account])).resolves.toMatchObject({ credential: 'c1' });
  });

  it('lets nobody in by a client secret, which is to be exchanged for an access token first', async () => {
    const common = { id: 'o1', application: 'default', name: 'Entra ID', createdAt: NOW.toISOString(), expiresAt: null };
    const key = { accessTokenKey: 'k'.repeat(43), accessTokenMinutes: 60, scope: 'full' } as const;
    const client: Credential = { ...common, ...key, kind: 'oauth-client', clientId: 'client', hash: aCredential(aToken(1)).hash };

    await expect(accept(aToken(1), [client])).resolves.toBeUndefined();
  });
});
