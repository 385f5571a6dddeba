import { describe, expect, it } from '@jest/globals';
import { addCredential, endCredentials } from '../../../src/access/credential-changes.ts';
import { aCredential, aToken, listOf } from '../../support/access-memory.ts';

const NOW = new Date('2026-06-01T00:00:00.000Z');
const numbered = (count: number, overrides = {}) =>
  Array.from({ length: count }, (_, index) => aCredential(aToken(index), { id: `c${index}`, ...overrides }));
const added = aCredential(aToken(99), { id: 'added' });

describe('addCredential', () => {
  it('adds to what is there and leaves the list itself alone', () => {
    const list = listOf(...numbered(2));

    expect(addCredential(list, added, NOW)?.credentials).toEqual([...numbered(2), added]);
    expect(list).toEqual(listOf(...numbered(2)));
  });

  it('leaves the list as it is when its own addition is already there', () => {
    expect(addCredential(listOf(added), added, NOW)).toBeUndefined();
  });

  it('adds the tenth live credential of an application and refuses the eleventh', () => {
    expect(addCredential(listOf(...numbered(9)), added, NOW)?.credentials).toHaveLength(10);
    expect(() => addCredential(listOf(...numbered(10)), added, NOW)).toThrow(
      expect.objectContaining({ name: 'AdminRefusal', message: expect.stringContaining('revoke one') }),
    );
  });

  it('counts neither expired ones nor those of other applications', () => {
    const list = listOf(...numbered(9), ...numbered(5, { application: 'hr' }), ...numbered(5, { expiresAt: '2026-05-31T00:00:00.000Z' }));

    expect(addCredential(list, added, NOW)?.credentials).toHaveLength(20);
  });

  it('forgets those that expired 30 days ago, and only those', () => {
    const list = listOf(
      aCredential(aToken(1), { id: 'old', expiresAt: '2026-05-02T00:00:00.000Z' }),
      aCredential(aToken(2), { id: 'recent', expiresAt: '2026-05-02T00:00:00.001Z' }),
    );

    expect(addCredential(list, added, NOW)?.credentials.map(({ id }) => id)).toEqual(['recent', 'added']);
  });

  it('refuses what Secrets Manager could not store, and says what to do', () => {
    const list = { credentials: [], unreadable: [{ kind: 'oauth-client', value: 'x'.repeat(65_000) }] };

    expect(() => addCredential(list, aCredential(aToken(1), { name: 'x'.repeat(64), application: 'y'.repeat(64) }), NOW)).not.toThrow();
    expect(() => addCredential({ ...list, unreadable: [...list.unreadable, 'x'.repeat(500)] }, added, NOW)).toThrow(/65536.*revoke/);
  });
});

describe('endCredentials', () => {
  const soon = new Date('2026-06-04T00:00:00.000Z');

  it('lets those run out, unless they do so sooner, and leaves the others and what cannot be read alone', () => {
    const [never, later, sooner, other] = [
      aCredential(aToken(1), { id: 'never' }),
      aCredential(aToken(2), { id: 'later', expiresAt: '2027-01-01T00:00:00.000Z' }),
      aCredential(aToken(3), { id: 'sooner', expiresAt: '2026-06-02T00:00:00.000Z' }),
      aCredential(aToken(4), { id: 'other' }),
    ] as const;
    const list = { ...listOf(never, later, sooner, other), unreadable: [{ kind: 'later' }] };

    expect(endCredentials(list, [never, later, sooner], soon)).toEqual({
      credentials: [{ ...never, expiresAt: soon.toISOString() }, { ...later, expiresAt: soon.toISOString() }, sooner, other],
      unreadable: [{ kind: 'later' }],
    });
  });
});
