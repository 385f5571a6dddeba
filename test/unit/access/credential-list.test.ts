import { describe, expect, it } from '@jest/globals';
import { describeUnreadable, parseCredentialList, printCredentialList } from '../../../src/access/credential-list.ts';
import { aCredential, aToken } from '../../support/access-memory.ts';

const stored = (...credentials: readonly unknown[]): string => JSON.stringify({ version: 1, credentials });

describe('parseCredentialList', () => {
  it('reads back what was printed', () => {
    const list = {
      credentials: [aCredential(aToken(1)), aCredential(aToken(2), { expiresAt: '2027-01-01T00:00:00.000Z' })],
      unreadable: [],
    };

    expect(parseCredentialList(printCredentialList(list))).toEqual(list);
  });

  it('sets an entry of an unknown kind apart and keeps the others', () => {
    const list = parseCredentialList(stored({ id: 'o', kind: 'oauth-client' }, aCredential(aToken(1))));

    expect(list.credentials).toEqual([aCredential(aToken(1))]);
    expect(list.unreadable).toEqual([{ id: 'o', kind: 'oauth-client' }]);
  });

  it('carries an entry it cannot read along when the list is printed again', () => {
    const unknown = { id: 'o', kind: 'oauth-client', extra: [1, { deep: true }] };

    expect(JSON.parse(printCredentialList(parseCredentialList(stored(unknown))))).toEqual({ version: 1, credentials: [unknown] });
  });

  it.each([
    ['a hash that is no SHA-256', { hash: 'abc' }],
    ['an expiry that is no date', { expiresAt: 'soon' }],
    ['an unknown scope', { scope: 'root' }],
    ['no application', { application: '' }],
  ])('lets nobody in by an entry with %s', (_, damage) => {
    expect(parseCredentialList(stored({ ...aCredential(aToken(1)), ...damage })).credentials).toEqual([]);
  });

  it.each([
    ['no JSON', 'canary-4711'],
    ['another version', JSON.stringify({ version: 2, credentials: [], note: 'canary-4711' })],
    ['another shape', JSON.stringify(['canary-4711'])],
  ])('refuses %s as a whole, without quoting it', (_, text) => {
    const parse = () => parseCredentialList(text);

    expect(parse).toThrow(expect.objectContaining({ name: 'UnreadableList', message: expect.not.stringContaining('canary') }));
  });
});

describe('describeUnreadable', () => {
  it('names what an entry claims to be', () => {
    expect(describeUnreadable({ id: 'o-1', kind: 'oauth-client', secret: 's' })).toEqual({ id: 'o-1', kind: 'oauth-client' });
  });

  it.each([[aToken(1)], [17], [undefined]])('does not repeat an id like %s, which may be a secret in the wrong place', (id) => {
    expect(describeUnreadable({ ...(id !== undefined && { id }) })).toEqual({ id: 'unknown', kind: 'unknown' });
  });

  it('says as little of an entry that is no object', () => {
    expect(describeUnreadable('scim_')).toEqual({ id: 'unknown', kind: 'unknown' });
  });
});
