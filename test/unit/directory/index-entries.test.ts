import { describe, expect, it } from '@jest/globals';
import { freedEntries, heldEntries, indexEntries, indexOf } from '../../../src/directory/index-entries.ts';
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

describe('matching attributes of an operator', () => {
  const typeAt = (stage: 'kept' | 'used' | 'dropped', path = 'title') => ({ ...USER, matching: [{ path, stage }] });
  const user = aStoredUser({ attributes: { userName: 'ada', title: 'Dr' } });
  const entry = { attribute: 'title', value: 'dr' };

  it.each([
    ['kept', [entry], [entry], undefined],
    ['used', [entry], [entry], { index: 'lookup', entry }],
    ['dropped', [], [entry], undefined],
  ] as const)('that are %s are written, let go of and used accordingly', (stage, written, held, index) => {
    expect(indexEntries(typeAt(stage), user).lookup).toEqual(written);
    expect(heldEntries(typeAt(stage), user).lookup).toEqual(held);
    expect(freedEntries(typeAt(stage), user).lookup).toEqual(held);
    expect(indexOf(typeAt(stage), 'title', 'DR', 'entra')).toEqual(index);
  });

  it('have no key for an empty text', () => {
    expect(indexOf(typeAt('used'), 'title', '', 'entra')).toBeUndefined();
  });

  it('answer a filter only where it insists, for the same value, on what selects theirs', () => {
    const type = typeAt('used', 'phoneNumbers[type eq "work"].value');
    const found = (path: string, value: string) => indexOf(type, 'phoneNumbers.value', '1', 'entra', [{ path, value }]);

    expect(found('phoneNumbers.type', 'WORK')).toBeDefined();
    expect(found('phoneNumbers.type', 'home')).toBeUndefined();
    expect(found('phoneNumbers.display', 'work')).toBeUndefined();
    expect(indexOf(type, 'phoneNumbers.value', '1', 'entra')).toBeUndefined();
  });

  it('whose attribute is gone are none', () => {
    expect(heldEntries(typeAt('used', 'urn:gone:title'), user).lookup).toEqual([]);
  });

  it('free no more keys than a removal has room for, those first that are complete', () => {
    const values = (count: number) => Array.from({ length: count }, (_, index) => ({ value: `${index}` }));
    const attributes = { userName: 'ada', title: 'Dr', emails: values(60), phoneNumbers: values(40) };
    const matching = [
      { path: 'phoneNumbers.value', stage: 'kept' },
      { path: 'title', stage: 'kept' },
      { path: 'emails.value', stage: 'used' },
    ] as const;
    const freed = freedEntries({ ...USER, matching }, aStoredUser({ externalIds: { entra: 'x' }, attributes }));

    expect(freed.unique).toHaveLength(1);
    expect(new Set(freed.lookup.map(({ attribute }) => attribute))).toEqual(new Set(['externalId', 'emails.value']));
    expect(freed.lookup).toHaveLength(61);
  });
});
