import { describe, expect, it } from '@jest/globals';
import { indexEntries, indexOf } from '../../../src/directory/index-entries.ts';
import { attribute } from '../../../src/scim/schema/attribute.ts';
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

  it('holds what a bulk request created to the mark of its operation', () => {
    const { unique } = indexEntries(GROUP, aStoredGroup({ createdAs: 'mark' }));

    expect(unique).toContainEqual({ attribute: '$createdAs', value: 'mark' });
  });

  it('holds a group to a displayName of its own', () => {
    expect(indexEntries(GROUP, aStoredGroup()).unique).toEqual([{ attribute: 'displayName', value: 'staff' }]);
  });
});

describe('unique attributes of an extension', () => {
  const BADGE = 'urn:example:extension:badge:User';
  const unique = { uniqueness: 'server' } as const;
  const attributes = [attribute('code', unique), attribute('key', { ...unique, caseExact: true }), attribute('color')];
  const schema = { id: BADGE, name: 'Badge', description: '', attributes };
  const type = { ...USER, extensions: [...USER.extensions, { schema, required: false }] };

  it('are keys under their whole path, and what a filter finds them by', () => {
    const user = aStoredUser({ attributes: { userName: 'ada', [BADGE]: { code: 'ÄB', key: 'Key', color: 'Red' } } });
    const entries = [
      { attribute: `${BADGE}:code`, value: 'äb' },
      { attribute: `${BADGE}:key`, value: 'Key' },
    ];

    expect(indexEntries(type, user).unique).toEqual([{ attribute: 'userName', value: 'ada' }, ...entries]);
    expect(indexOf(type, `${BADGE}:code`, 'äB', 'entra')).toEqual({ index: 'unique', entry: entries[0] });
    expect(indexOf(type, 'code', 'äB', 'entra')).toBeUndefined();
  });

  it('are no keys where the extension is not there', () => {
    expect(indexEntries(type, aStoredUser({ attributes: { userName: 'ada' } })).unique).toHaveLength(1);
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
