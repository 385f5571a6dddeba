import { describe, expect, it } from '@jest/globals';
import { indexEntries, indexOf } from '../../../src/directory/index-entries.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { aStoredGroup, aStoredUser } from '../../support/stored-resources.ts';

describe('indexEntries', () => {
  it('finds a user by its folded userName, its e-mails and what each application calls it', () => {
    const user = aStoredUser({
      externalIds: { entra: 'Object-1' },
      attributes: { userName: 'Ada@Example.com', emails: [{ value: 'ADA@example.com', type: 'work' }, { value: 'ada@home.example' }] },
    });

    expect(indexEntries(USER, user)).toEqual({
      unique: [{ attribute: 'userName', value: 'ada@example.com' }],
      lookup: [
        { attribute: 'externalId', value: 'Object-1', application: 'entra' },
        { attribute: 'emails.value', value: 'ada@example.com' },
        { attribute: 'emails.value', value: 'ada@home.example' },
      ],
    });
  });

  it('lists an address once that differs only in case', () => {
    const user = aStoredUser({ attributes: { userName: 'x', emails: [{ value: 'A@example.com' }, { value: 'a@EXAMPLE.com' }] } });

    expect(indexEntries(USER, user).lookup).toHaveLength(1);
  });

  it('holds a group to a displayName of its own', () => {
    expect(indexEntries(GROUP, aStoredGroup()).unique).toEqual([{ attribute: 'displayName', value: 'staff' }]);
  });
});

describe('indexOf', () => {
  it('answers by the keys that indexEntries writes', () => {
    const user = aStoredUser({ externalIds: { entra: 'X' }, attributes: { userName: 'Ada', emails: [{ value: 'A@b.example' }] } });
    const { unique, lookup } = indexEntries(USER, user);

    expect(indexOf(USER, 'userName', 'ADA', 'entra')).toEqual({ index: 'unique', entry: unique[0] });
    expect(indexOf(USER, 'externalId', 'X', 'entra')).toEqual({ index: 'lookup', entry: lookup[0] });
    expect(indexOf(USER, 'emails.value', 'a@B.example', 'entra')).toEqual({ index: 'lookup', entry: lookup[1] });
  });

  it('knows no key for other attributes', () => {
    expect(indexOf(USER, 'title', 'x', 'entra')).toBeUndefined();
  });
});
