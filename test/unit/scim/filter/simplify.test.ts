import { describe, expect, it } from '@jest/globals';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import { printFilter } from '../../../../src/scim/filter/print.ts';
import { simplify } from '../../../../src/scim/filter/simplify.ts';
import { GROUP, REGISTRY, USER } from '../../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE } from '../documents.ts';

const left = (text: string, type = USER): string | boolean => {
  const simple = simplify(parseFilter(text, type, REGISTRY), type);
  return typeof simple === 'boolean' ? simple : printFilter(simple);
};

describe('what the type leaves of a filter', () => {
  it.each([
    ['meta.resourceType eq "User"', true],
    ['meta.resourceType eq "Group"', false],
    ['meta.resourceType eq "user"', false],
    ['meta.resourceType ne "Group"', true],
    ['meta.resourceType sw "Us"', true],
    ['meta.resourceType pr', true],
    ['not (meta.resourceType eq "User")', false],
    ['meta.resourceType eq "User" and title pr', 'title pr'],
    ['title pr and meta.resourceType eq "User"', 'title pr'],
    ['meta.resourceType eq "Group" and title pr', false],
    ['title pr and meta.resourceType eq "Group"', false],
    ['meta.resourceType eq "Group" or title pr', 'title pr'],
    ['title pr or meta.resourceType eq "Group"', 'title pr'],
    ['meta.resourceType eq "User" or title pr', true],
    ['title pr or meta.resourceType eq "User"', true],
    ['not (meta.resourceType eq "Group" or title pr)', 'not (title pr)'],
    ['title pr and nickName pr', 'title pr and nickName pr'],
    ['title pr or nickName pr', 'title pr or nickName pr'],
    [`schemas eq "${USER.schema.id}"`, true],
    [`schemas eq "${GROUP.schema.id}"`, false],
    [`schemas eq "${ENTERPRISE}"`, `schemas eq "${ENTERPRISE}"`],
    [`schemas ne "${USER.schema.id}"`, `schemas ne "${USER.schema.id}"`],
    ['schemas eq null', false],
    ['schemas pr', true],
    ['id pr', 'id pr'],
    ['department pr', `${ENTERPRISE}:department pr`],
    ['emails[type eq "work"]', 'emails[type eq "work"]'],
  ])('%s', (filter, expected) => {
    expect(left(filter)).toBe(expected);
  });

  it.each([
    ['userName eq "a"', false],
    ['userName ne "a"', true],
    ['userName pr', false],
    ['not (userName pr)', true],
    ['userName eq null', true],
    ['department pr', false],
    [`${ENTERPRISE}:manager.value eq "m"`, false],
    ['emails[type eq "work"]', false],
    [`${USER.schema.id}:displayName pr`, false],
    [`${GROUP.schema.id}:displayName pr`, 'displayName pr'],
    ['displayName eq "x" or userName eq "x"', 'displayName eq "x"'],
    [`schemas eq "${ENTERPRISE}"`, false],
  ])('of groups counts what only users have as unassigned: %s', (filter, expected) => {
    expect(left(filter, GROUP)).toBe(expected);
  });
});
