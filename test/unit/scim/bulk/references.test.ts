import { describe, expect, it } from '@jest/globals';
import { bulkIdIn, bulkIdsIn, resolveReferences } from '../../../../src/scim/bulk/references.ts';
import type { Json } from '../../../../src/scim/json.ts';

const find = (bulkId: string) => (bulkId === 'a' ? { id: '1', location: 'https://host/Users/1' } : undefined);

describe('bulkIdIn', () => {
  it.each([
    ['bulkId:a', 'a'],
    ['bulkId:bulkId:a', 'bulkId:a'],
    ['bulkId: ', ' '],
    ['bulkId:', undefined],
    ['bulkid:a', undefined],
    [' bulkId:a', undefined],
    ['a', undefined],
  ])('reads %j as %j', (text, bulkId) => {
    expect(bulkIdIn(text)).toBe(bulkId);
  });
});

describe('bulkIdsIn', () => {
  it.each<[Json, readonly string[]]>([
    ['bulkId:a', ['a']],
    [{ x: [{ y: 'bulkId:a' }, 'bulkId:b', ['bulkId:a']] }, ['a', 'b']],
    [{ 'bulkId:a': 'x', y: 'see bulkId:a', z: null, n: 1 }, []],
    [{ $ref: '/Users/bulkId:a', $REF: 'bulkId:b', ref: '/Users/bulkId:c' }, ['a', 'b']],
    [{ $ref: ['../Users/bulkId:a'] }, ['a']],
    [{ $ref: 'bulkId:a/b' }, ['a/b']],
    [{ $ref: '/Users/1' }, []],
  ])('in %j are %j', (value, bulkIds) => {
    expect([...bulkIdsIn(value)]).toEqual(bulkIds);
  });
});

describe('resolveReferences', () => {
  it('puts ids in their place, and addresses in a $ref, at any depth', () => {
    const data = { manager: 'bulkId:a', members: [{ value: 'bulkId:a', $ref: '/Users/bulkId:a' }, 'bulkId:a'], $ref: ['bulkId:a'] };

    expect(resolveReferences(data, find)).toEqual({
      manager: '1',
      members: [{ value: '1', $ref: 'https://host/Users/1' }, '1'],
      $ref: ['https://host/Users/1'],
    });
  });

  it('leaves alone what is no reference, or leads nowhere, and what it was given', () => {
    const data = Object.freeze({ a: 'bulkId:b', b: 'a', c: [1, null, true], $ref: '/Users/1' });

    expect(resolveReferences(data, find)).toEqual(data);
  });
});
