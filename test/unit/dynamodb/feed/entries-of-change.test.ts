import { describe, expect, it } from '@jest/globals';
import type { StoredResource } from '../../../../src/directory/resource.ts';
import { entriesOf, type FeedTerms } from '../../../../src/dynamodb/feed/entries-of-change.ts';
import { removalKeyOf, type StreamRecord, toRowChange } from '../../../../src/dynamodb/feed/row-change.ts';
import { type Attributes, marshal } from '../../../../src/dynamodb/item.ts';
import { keyOf, type TableKey } from '../../../../src/dynamodb/keys.ts';
import { type LastChange, resourceRow } from '../../../../src/dynamodb/rows.ts';
import { REGISTRY } from '../../../../src/scim/schema/resource-types.ts';

const ID = '0195d3c0-0000-7000-8000-000000000001';
const AT = '2026-11-22T10:00:00.000Z';
const BY: LastChange = { requestId: 'r-1', application: 'entra', at: AT, paths: [] };
const TOLD_AT = '2026-11-22T10:00:01.000Z';
const COMMON = { resourceId: ID, time: AT, requestId: 'r-1', application: 'entra' };
const OF_USER = { ...COMMON, resourceType: 'User' };
const OF_GROUP = { ...COMMON, resourceType: 'Group' };
const WITHOUT_VALUES: FeedTerms = { registry: REGISTRY, values: 'none' };
const WITH_PROFILES: FeedTerms = { registry: REGISTRY, values: 'profile' };

const stored = (type: string, given: Partial<StoredResource>): StoredResource => ({
  type,
  id: ID,
  version: 1,
  created: AT,
  lastModified: AT,
  createdBy: 'entra',
  externalIds: {},
  attributes: {},
  ...given,
});

const rowOf = (resource: StoredResource, lastChange: Partial<LastChange> = {}, more: Attributes = {}): Attributes => ({
  ...keyOf.resource(resource.type, ID),
  ...resourceRow(resource, { ...BY, ...lastChange }),
  ...more,
});

const aUser = (given: Partial<StoredResource> = {}) => stored('User', { attributes: { userName: 'bjensen' }, ...given });
const aGroup = (given: Partial<StoredResource> = {}) => stored('Group', { attributes: { displayName: 'Staff' }, nameVersion: 1, ...given });

const recordOf = (before: Attributes | undefined, after: Attributes | undefined): StreamRecord => ({
  dynamodb: {
    ApproximateCreationDateTime: Date.parse(TOLD_AT) / 1_000,
    ...(before && { OldImage: marshal(before) }),
    ...(after && { NewImage: marshal(after) }),
  },
});

function told(before: Attributes | undefined, after: Attributes | undefined, terms = WITHOUT_VALUES, tombstone?: Attributes) {
  const change = toRowChange(recordOf(before, after));
  return change === undefined ? undefined : entriesOf(change, terms, tombstone);
}

const disabled = { userName: 'bjensen', active: false };

describe('a change of a user', () => {
  it('that brings it is told as created', () => {
    expect(told(undefined, rowOf(aUser(), { paths: ['userName'] }))).toEqual([
      { ...OF_USER, type: 'user.created', version: 1, part: 0, paths: ['userName'], active: true },
    ]);
  });

  it('that brings it back is told as restored', () => {
    expect(told(undefined, rowOf(aUser({ version: 4 }), { act: 'restored' }))).toEqual([
      { ...OF_USER, type: 'user.restored', version: 4, part: 0, paths: [], active: true },
    ]);
  });

  it('that changes its attributes is told as updated', () => {
    expect(told(rowOf(aUser()), rowOf(aUser({ version: 2 }), { paths: ['title'] }))).toEqual([
      { ...OF_USER, type: 'user.updated', version: 2, part: 0, paths: ['title'], active: true },
    ]);
  });

  it('that only disables it is told as deactivated', () => {
    expect(told(rowOf(aUser()), rowOf(aUser({ version: 2, attributes: disabled }), { paths: ['active'] }))).toEqual([
      { ...OF_USER, type: 'user.deactivated', version: 2, part: 0, paths: ['active'], active: false },
    ]);
  });

  it('that enables it and changes more is told as both', () => {
    expect(told(rowOf(aUser({ attributes: disabled })), rowOf(aUser({ version: 2 }), { paths: ['active', 'title'] }))).toEqual([
      { ...OF_USER, type: 'user.updated', version: 2, part: 0, paths: ['title'], active: true },
      { ...OF_USER, type: 'user.reactivated', version: 2, part: 1, paths: ['active'], active: true },
    ]);
  });

  it('that removes it is told as removed, one version on, by whoever its tombstone names', () => {
    expect(told(rowOf(aUser({ version: 3 })), undefined, WITHOUT_VALUES, rowOf(aUser({ version: 3 }), { requestId: 'r-2' }))).toEqual([
      { ...OF_USER, type: 'user.removed', version: 4, part: 0, requestId: 'r-2' },
    ]);
  });

  it.each([
    ['is no tombstone', undefined],
    ['is only that of another removal', rowOf(aUser({ version: 9 }))],
  ])('that removes it is told without an author where there %s', (_, tombstone) => {
    expect(told(rowOf(aUser({ version: 3 })), undefined, WITHOUT_VALUES, tombstone)).toEqual([
      { type: 'user.removed', resourceType: 'User', resourceId: ID, version: 4, part: 0, time: TOLD_AT },
    ]);
  });

  it('that is only a new profile is told behind all else of its version', () => {
    const profile = { login: 'bjensen' };
    const after = rowOf(aUser({ profile: { revision: '2', values: profile } }), {}, { said: 2 });
    const common = { resourceType: 'User', resourceId: ID, version: 1, part: 2_000_000, time: TOLD_AT, active: true };

    expect(told(rowOf(aUser(), {}, { said: 1 }), after, WITH_PROFILES)).toEqual([{ ...common, type: 'user.updated', paths: [], profile }]);
  });

  it('that is only a new profile is nothing to those who see none', () => {
    expect(told(rowOf(aUser(), {}, { said: 1 }), rowOf(aUser(), {}, { said: 2 }), WITHOUT_VALUES)).toEqual([]);
  });
});

describe('a change of a group', () => {
  it('that brings it is told before its members', () => {
    expect(told(undefined, rowOf(aGroup(), { paths: ['displayName', 'members'], added: ['a'] }))).toEqual([
      { ...OF_GROUP, type: 'group.created', version: 1, part: 0, paths: ['displayName', 'members'] },
      { ...OF_GROUP, type: 'members.added', version: 1, part: 1, members: ['a'] },
    ]);
  });

  it('that renames it and changes all else is told in parts, those who leave before those who come', () => {
    const after = rowOf(aGroup({ version: 2, nameVersion: 2 }), {
      paths: ['displayName', 'urn:example:Team:office', 'members'],
      added: ['b'],
      removed: ['a'],
    });

    expect(told(rowOf(aGroup()), after)).toEqual([
      { ...OF_GROUP, type: 'group.renamed', version: 2, part: 0, paths: ['displayName'] },
      { ...OF_GROUP, type: 'group.updated', version: 2, part: 1, paths: ['urn:example:Team:office'] },
      { ...OF_GROUP, type: 'members.removed', version: 2, part: 2, members: ['a'] },
      { ...OF_GROUP, type: 'members.added', version: 2, part: 3, members: ['b'] },
    ]);
  });

  it('that is of its members alone is told as that alone', () => {
    expect(told(rowOf(aGroup()), rowOf(aGroup({ version: 2 }), { paths: ['members'], removed: ['a'] }))).toEqual([
      { ...OF_GROUP, type: 'members.removed', version: 2, part: 0, members: ['a'] },
    ]);
  });

  it('that leaves all members what they are is told as updated', () => {
    expect(told(rowOf(aGroup()), rowOf(aGroup({ version: 2 }), { paths: ['members'], added: [], removed: [] }))).toEqual([
      { ...OF_GROUP, type: 'group.updated', version: 2, part: 0, paths: ['members'] },
    ]);
  });

  it('that is large names its manifest, last', () => {
    expect(
      told(rowOf(aGroup()), rowOf(aGroup({ version: 2, nameVersion: 2 }), { paths: ['displayName', 'members'], manifest: 'm-1' })),
    ).toEqual([
      { ...OF_GROUP, type: 'group.renamed', version: 2, part: 0, paths: ['displayName'] },
      { ...OF_GROUP, type: 'members.added', version: 2, part: 1, manifest: 'm-1' },
    ]);
  });

  it('cuts its members into events of 200', () => {
    const added = Array.from({ length: 401 }, (_, index) => String(index));

    const entries = told(rowOf(aGroup()), rowOf(aGroup({ version: 2 }), { paths: ['members'], added }));

    expect(entries?.map(({ part, members }) => [part, members?.length])).toEqual([
      [0, 200],
      [1, 200],
      [2, 1],
    ]);
  });

  it('that brings members without a new version is told behind all else of its version', () => {
    expect(told(rowOf(aGroup()), rowOf(aGroup(), {}, { said: 1, told: JSON.stringify({ removed: ['a'], added: ['b'] }) }))).toEqual([
      { type: 'members.removed', resourceType: 'Group', resourceId: ID, version: 1, part: 1_000_000, time: TOLD_AT, members: ['a'] },
      { type: 'members.added', resourceType: 'Group', resourceId: ID, version: 1, part: 1_000_001, time: TOLD_AT, members: ['b'] },
    ]);
  });
});

describe('a profile', () => {
  const values = { login: 'bjensen' };

  it('is what the mapping made', () => {
    const [entry] = told(undefined, rowOf(aUser({ profile: { revision: '1', values } })), WITH_PROFILES) ?? [];

    expect(entry?.profile).toEqual(values);
  });

  it('is what SCIM shows, where there is no mapping', () => {
    const [entry] = told(undefined, rowOf(aUser({ attributes: { userName: 'bjensen', password: 'secret' } })), WITH_PROFILES) ?? [];

    expect(entry?.profile).toEqual({ userName: 'bjensen' });
  });

  it('that is too large is left out', () => {
    const large = { notes: 'x'.repeat(100 * 1_024) };
    const [entry] = told(undefined, rowOf(aUser({ profile: { revision: '1', values: large } })), WITH_PROFILES) ?? [];

    expect(entry).toMatchObject({ profileOmitted: true });
    expect(entry).not.toHaveProperty('profile');
  });

  it('is not told of what is removed, nor with members', () => {
    const added = rowOf(aGroup({ version: 2 }), { paths: ['members'], added: ['a'] });

    expect(told(rowOf(aGroup()), added, WITH_PROFILES)?.[0]).not.toHaveProperty('profile');
    expect(told(rowOf(aUser()), undefined, WITH_PROFILES)?.[0]).not.toHaveProperty('profile');
  });
});

describe('a removal of a resource whose type was removed right behind it', () => {
  it('is told all the same', () => {
    const robot = { ...rowOf(stored('Robot', { version: 3 })), ...keyOf.resource('Robot', ID) };

    expect(told(robot, undefined)).toEqual([
      { type: 'resource.removed', resourceType: 'Robot', resourceId: ID, version: 4, part: 0, time: TOLD_AT },
    ]);
  });
});

describe('nothing is told of', () => {
  const others: readonly (readonly [string, TableKey])[] = [
    ['a tombstone', keyOf.tombstone('User', ID)],
    ['a membership', keyOf.membership(ID, ID)],
    ['an event', keyOf.events(1, 1)],
    ['a setting', keyOf.application('entra')],
  ];

  it.each(others)('%s', (_, key) => {
    expect(told(undefined, { ...rowOf(aUser()), ...key })).toBeUndefined();
  });

  it('the brake of an application, whatever that is called', () => {
    expect(told(undefined, { ...keyOf.brake('0'), until: 1 })).toBeUndefined();
  });

  it('what changes neither the version nor what is said', () => {
    expect(told(rowOf(aGroup(), {}, { said: 1 }), rowOf(aGroup(), { added: [] }, { said: 1, changePhase: 'staging' }))).toEqual([]);
  });
});

describe('a row that cannot be understood', () => {
  it.each([
    ['is of a type nobody knows', { ...rowOf(aUser()), ...keyOf.resource('Robot', ID) }],
    ['has no version', { ...rowOf(aUser()), version: undefined }],
    ['has a last change that is none', { ...rowOf(aUser()), lastChange: '{"at":1}' }],
    ['has attributes that are no JSON', { ...rowOf(aUser()), attributes: '{' }],
  ])('throws where it %s', (_, row) => {
    expect(() => told(undefined, row)).toThrow();
  });

  it('throws where its record has no time', () => {
    expect(() => toRowChange({ dynamodb: { NewImage: marshal(rowOf(aUser())) } })).toThrow('time');
  });
});

describe('a record', () => {
  it('has the time it was made, as a number or as a date', () => {
    const dynamodb = { NewImage: marshal(rowOf(aUser())) };

    expect(toRowChange({ dynamodb: { ...dynamodb, ApproximateCreationDateTime: new Date(TOLD_AT) } })?.at).toBe(TOLD_AT);
    expect(toRowChange({ dynamodb: { ...dynamodb, ApproximateCreationDateTime: Date.parse(TOLD_AT) / 1_000 } })?.at).toBe(TOLD_AT);
  });

  it('of a removal leads to the tombstone, and no other does', () => {
    const keys = [recordOf(rowOf(aUser()), undefined), recordOf(undefined, rowOf(aUser()))].map((record) => {
      const change = toRowChange(record);
      return change && removalKeyOf(change);
    });

    expect(keys).toEqual([keyOf.tombstone('User', ID), undefined]);
  });
});
