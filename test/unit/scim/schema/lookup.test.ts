import { describe, expect, it } from '@jest/globals';
import { findBarePath, findExtension, findPath, findSubAttribute, pathNames, topPath } from '../../../../src/scim/schema/lookup.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE } from '../documents.ts';

describe('a name', () => {
  it.each([
    ['userName', 'userName'],
    ['USERNAME', 'userName'],
    [`${USER.schema.id}:userName`, 'userName'],
    ['emails.VALUE', 'emails.value'],
    ['meta.lastmodified', 'meta.lastModified'],
    [`${ENTERPRISE.toLowerCase()}:Department`, `${ENTERPRISE}:department`],
    [`${ENTERPRISE}:manager.value`, `${ENTERPRISE}:manager.value`],
  ])('%s stands for %s', (name, canonical) => {
    expect(findPath(USER, name)?.name).toBe(canonical);
  });

  it.each(['', 'nothing', 'userName.value', 'department', '__proto__', 'constructor', 'toString', 'name.__proto__', ENTERPRISE])(
    '%p stands for nothing',
    (name) => {
      expect(findPath(USER, name)).toBeUndefined();
    },
  );

  it('of an extension may be found without its URN, unless the core schema has the same', () => {
    expect(findBarePath(USER, 'manager.value')?.name).toBe(`${ENTERPRISE}:manager.value`);
    expect(findBarePath(USER, 'userName')?.extension).toBeUndefined();
    expect(findBarePath(USER, 'nothing')).toBeUndefined();
  });

  it('may be that of an extension itself', () => {
    expect(findExtension(USER, ENTERPRISE.toUpperCase())?.id).toBe(ENTERPRISE);
    expect(findExtension(USER, USER.schema.id)).toBeUndefined();
  });
});

describe('the path of a sub-attribute', () => {
  it.each(['emails.value', `${ENTERPRISE}:manager.value`])('%s leads up to its attribute', (name) => {
    const path = findPath(USER, name);

    expect(path && topPath(path)).toStrictEqual(findPath(USER, name.slice(0, -'.value'.length)));
  });

  it('is not there where the attribute has none', () => {
    const title = findPath(USER, 'title')?.attribute;

    expect(title && findSubAttribute(title, 'value')).toBeUndefined();
  });
});

describe('the names to suggest', () => {
  it('are those of attributes and of their parts, in an extension without its URN', () => {
    const names = pathNames(USER);

    expect(names).toEqual(expect.arrayContaining(['id', 'userName', 'emails', 'emails.value', 'manager', 'manager.value']));
    expect(names.filter((name) => name.startsWith('userName') || name.startsWith('department'))).toEqual(['userName', 'department']);
  });
});
