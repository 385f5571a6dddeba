import { describe, expect, it } from '@jest/globals';
import { attributesOf } from '../../../../src/scim/filter/attributes-of.ts';
import { equalities } from '../../../../src/scim/filter/equalities.ts';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import { GROUP, USER } from '../../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE } from '../documents.ts';

describe('what every match equals', () => {
  it.each([
    ['userName eq "a"', [['userName', 'a']]],
    [
      'id eq "1" and (manager eq "m" and title pr)',
      [
        ['id', '1'],
        [`${ENTERPRISE}:manager.value`, 'm'],
      ],
    ],
    [
      'emails[type eq "work"].value eq "x"',
      [
        ['emails.type', 'work'],
        ['emails.value', 'x'],
      ],
    ],
    ['emails.value eq "x" and userName sw "a"', [['emails.value', 'x']]],
    ['userName eq "a" or userName eq "b"', []],
    ['not (userName eq "a")', []],
    ['emails[type eq "work" or value eq "x"]', []],
    ['userName ne "a"', []],
    ['title pr', []],
  ])('by %s', (filter, expected) => {
    expect(equalities(parseFilter(filter, USER)).map(({ path, value }) => [path, value])).toEqual(expected);
  });
});

describe('the attributes a filter reads', () => {
  it.each([
    ['userName eq "a" and not (emails[type eq "work"] or groups.value pr)', ['userName', 'emails', 'groups']],
    ['manager eq "m" or meta.created pr', [`${ENTERPRISE}:manager`, 'meta']],
  ])('%s', (filter, expected) => {
    expect([...attributesOf(parseFilter(filter, USER))]).toEqual(expected);
  });

  it('tell whether members are needed', () => {
    expect(attributesOf(parseFilter('id eq "g" and members eq "u"', GROUP)).has('members')).toBe(true);
    expect(attributesOf(parseFilter('displayName eq "members"', GROUP)).has('members')).toBe(false);
  });
});
