import { describe, expect, it } from '@jest/globals';
import { acceptCredential } from '../../../src/access/credential.ts';
import { aCredential, aToken } from '../../support/access-memory.ts';

const NOW = new Date('2026-06-01T12:00:00.000Z');

describe('acceptCredential', () => {
  it('says whose credential it is and what it may do', () => {
    const credentials = [aCredential(aToken(1), { id: 'one' }), aCredential(aToken(2), { id: 'two', application: 'hr', scope: 'read' })];

    expect(acceptCredential(aToken(2), credentials, NOW)).toEqual({ application: 'hr', credential: 'two', scope: 'read' });
  });

  it('accepts none that it does not hold', () => {
    expect(acceptCredential(aToken(3), [aCredential(aToken(1)), aCredential(aToken(2))], NOW)).toBeUndefined();
  });

  it('accepts nothing from an empty list', () => {
    expect(acceptCredential(aToken(1), [], NOW)).toBeUndefined();
  });

  it('accepts a credential until the instant it expires, and not at it', () => {
    const credentials = [aCredential(aToken(1), { expiresAt: NOW.toISOString() })];

    expect(acceptCredential(aToken(1), credentials, new Date(NOW.getTime() - 1))).toBeDefined();
    expect(acceptCredential(aToken(1), credentials, NOW)).toBeUndefined();
  });

  it('accepts a token by its live entry although an expired one of it stands behind', () => {
    const credentials = [
      aCredential(aToken(1), { id: 'live' }),
      aCredential(aToken(1), { id: 'expired', expiresAt: '2026-01-02T00:00:00Z' }),
    ];

    expect(acceptCredential(aToken(1), credentials, NOW)).toMatchObject({ credential: 'live' });
  });

  it('does not take the hash of a token for the token', () => {
    const credential = aCredential(aToken(1));

    expect(acceptCredential(credential.hash, [credential], NOW)).toBeUndefined();
  });
});
