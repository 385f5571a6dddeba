import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { ALL_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { detachMembers } from '../../../../src/scim/patch/detach-members.ts';
import { parsePatch } from '../../../../src/scim/patch/parse-patch.ts';
import { GROUP } from '../../../../src/scim/schema/resource-types.ts';

const detached = (...Operations: readonly JsonObject[]) => detachMembers(GROUP, parsePatch(GROUP, { Operations }, ALL_LENIENCIES));

const ADD_A = { op: 'Add', path: 'members', value: [{ $ref: null, value: 'a' }] };
const REMOVE_A = { op: 'remove', path: 'members[value eq "a"]' };
const LIST_A = { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'a' }] };

describe('the members part of a patch', () => {
  it.each<[string, readonly JsonObject[], object]>([
    ['an addition', [ADD_A], { base: 'stored', present: [{ value: 'a' }], absent: [] }],
    ['a removal by value path', [REMOVE_A], { base: 'stored', present: [], absent: ['a'] }],
    ['a removal in another case', [{ op: 'remove', path: 'members[value eq "A"]' }], { base: 'stored', present: [], absent: ['a'] }],
    [
      'an addition and a removal by list in another case',
      [
        { op: 'add', path: 'members', value: [{ value: 'B' }] },
        { op: 'remove', path: 'members', value: [{ value: 'A' }] },
      ],
      { base: 'stored', present: [{ value: 'b' }], absent: ['a'] },
    ],
    ['a removal by list', [LIST_A], { base: 'stored', present: [], absent: ['a'] }],
    ['a removal by an empty list', [{ op: 'remove', path: 'members', value: [] }], { base: 'stored', present: [], absent: [] }],
    ['an addition and its removal', [ADD_A, REMOVE_A], { base: 'stored', present: [], absent: ['a'] }],
    ['a removal and its addition', [LIST_A, ADD_A], { base: 'stored', present: [{ value: 'a' }], absent: [] }],
    [
      'removals of several',
      [{ op: 'remove', path: 'members[value eq "a" or (value eq "b" or value eq "c")]' }],
      { base: 'stored', present: [], absent: ['a', 'b', 'c'] },
    ],
    ['the removal of all', [ADD_A, { op: 'remove', path: 'members' }], { base: 'empty', present: [], absent: [] }],
    [
      'a replacement',
      [REMOVE_A, { op: 'replace', path: 'members', value: [{ value: 'b' }] }],
      { base: 'empty', present: [{ value: 'b' }], absent: [] },
    ],
    ['a replacement by nothing', [{ op: 'replace', value: { members: [] } }], { base: 'empty', present: [], absent: [] }],
    [
      'a replacement, then removals',
      [{ op: 'replace', value: { members: [{ value: 'a' }, { value: 'b' }] } }, REMOVE_A],
      { base: 'empty', present: [{ value: 'b' }], absent: [] },
    ],
    [
      'bare strings',
      [
        { op: 'add', path: 'members', value: 'a' },
        { op: 'add', value: { members: ['b'] } },
      ],
      { base: 'stored', present: [{ value: 'a' }, { value: 'b' }], absent: [] },
    ],
    [
      'display texts',
      [
        {
          op: 'add',
          path: 'members',
          value: [
            { value: 'a', display: 'A' },
            { value: 'a', type: 'User' },
          ],
        },
      ],
      { base: 'stored', present: [{ value: 'a', display: 'A' }], absent: [] },
    ],
    ['nothing about members', [{ op: 'replace', path: 'displayName', value: 'G' }], { base: 'stored', present: [], absent: [] }],
  ])('of %s is its net effect', (_, operations, members) => {
    expect(detached(...operations)).toMatchObject({ members });
  });

  it('leaves the rest as it was', () => {
    const rename = { op: 'replace', value: { id: 'g', displayName: 'G' } };

    expect(detached(ADD_A, rename, REMOVE_A)).toMatchObject({ rest: { operations: [{ op: 'replace', value: 'G', at: 'Operations[1]' }] } });
  });

  it.each<JsonObject>([
    { op: 'remove', path: 'members[display co "x"]' },
    { op: 'remove', path: 'members[type eq "User"]' },
    { op: 'remove', path: 'members[value ne "a"]' },
    { op: 'remove', path: 'members[value eq null]' },
    { op: 'remove', path: 'members[value eq "a" and type eq "User"]' },
    { op: 'remove', path: 'members[value eq "a" or type eq "User"]' },
    { op: 'remove', path: 'members[value eq "a"].display' },
    { op: 'replace', path: 'members[value eq "a"].display', value: 'x' },
    { op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } },
    { op: 'add', path: 'members.display', value: 'x' },
  ])('cannot be told without the members themselves: %j', (operation) => {
    expect(detached(ADD_A, operation)).toBe('needs all members');
  });
});
