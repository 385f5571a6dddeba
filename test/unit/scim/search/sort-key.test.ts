import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import { GROUP, REGISTRY, USER } from '../../../../src/scim/schema/resource-types.ts';
import { parseSort } from '../../../../src/scim/search/sort.ts';
import { compareSortKeys, sortKeyOf } from '../../../../src/scim/search/sort-key.ts';
import { aUser, ENTERPRISE } from '../documents.ts';

function keyOf(resource: JsonObject, sortBy: string, type = USER): unknown {
  const sort = parseSort(type, [type], sortBy);
  if (sort === undefined) throw new TypeError('the test sorts by nothing');
  return sortKeyOf(resource, sort);
}

describe('what a resource is sorted by', () => {
  it.each([
    ['userName', 'bjensen@example.com'],
    ['name.familyName', 'jensen'],
    ['emails', 'bjensen@example.com'],
    ['emails.type', 'work'],
    [`${ENTERPRISE}:department`, 'tours'],
    ['manager', 'm1'],
    ['active', 1],
    ['nickName', undefined],
    ['addresses.locality', undefined],
  ])('%s', (sortBy, key) => {
    expect(keyOf(aUser(), sortBy)).toBe(key);
  });

  it('is the primary of several values, wherever it stands, else the first', () => {
    const emails = [{ value: 'B@x' }, { value: 'A@x', primary: true }];

    expect(keyOf({ emails }, 'emails.value')).toBe('a@x');
    expect(keyOf({ emails: emails.slice(0, 1) }, 'emails.value')).toBe('b@x');
    expect(keyOf({ emails: [] }, 'emails.value')).toBeUndefined();
    expect(keyOf({ emails: [{ type: 'work', primary: true }, { value: 'c@x' }] }, 'emails.value')).toBeUndefined();
    expect(keyOf({ schemas: ['urn:b', 'urn:a'] }, 'schemas')).toBe('urn:b');
  });

  it('keeps its case where case matters', () => {
    expect(keyOf({ externalId: 'Ext' }, 'externalId')).toBe('Ext');
    expect(keyOf({ title: 'ＡB' }, 'title')).toBe('ab');
  });

  it('is an instant, whatever its time zone', () => {
    expect(keyOf({ meta: { created: '2026-01-01T01:00:00+02:00' } }, 'meta.created')).toBe(
      keyOf({ meta: { created: '2025-12-31T23:00:00.000Z' } }, 'meta.created'),
    );
    expect(keyOf({ meta: { created: 'soon' } }, 'meta.created')).toBeUndefined();
  });

  it('is a number as it is, and false before true', () => {
    const type = {
      ...GROUP,
      schema: { ...GROUP.schema, attributes: [attribute('size', { type: 'decimal' }), attribute('open', { type: 'boolean' })] },
    };

    expect(keyOf({ size: 1.5 }, 'size', type)).toBe(1.5);
    expect([keyOf({ open: false }, 'open', type), keyOf({ open: true }, 'open', type)]).toEqual([0, 1]);
  });

  it('is nothing for a type without the attribute, nor by a name every object has', () => {
    const sort = parseSort(GROUP, REGISTRY, 'userName');
    const type = { ...GROUP, schema: { ...GROUP.schema, attributes: [attribute('constructor')] } };

    expect(sort && sortKeyOf({ userName: 'x' }, sort)).toBeUndefined();
    expect(keyOf({}, 'constructor', type)).toBeUndefined();
  });
});

describe('the order', () => {
  it('is by size, numbers before texts, and what has no value last', () => {
    const keys = [undefined, 'b', 10, 'a', undefined, 9, 'a'];

    expect(keys.toSorted((left, right) => compareSortKeys(left, right))).toEqual([9, 10, 'a', 'a', 'b', undefined, undefined]);
    expect([undefined, 'b', 10, 'a', 9].map((key) => compareSortKeys(key, key))).toEqual([0, 0, 0, 0, 0]);
    expect([compareSortKeys(undefined, 'a'), compareSortKeys('a', undefined)]).toEqual([1, -1]);
    expect([compareSortKeys(1, 'a'), compareSortKeys('a', 1)]).toEqual([-1, 1]);
  });
});
