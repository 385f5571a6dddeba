import { describe, expect, it } from '@jest/globals';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import { GROUP, REGISTRY, USER } from '../../../../src/scim/schema/resource-types.ts';
import { parseSort } from '../../../../src/scim/search/sort.ts';
import { ENTERPRISE, refusal } from '../documents.ts';

const sort = (sortBy?: string, sortOrder?: string) => parseSort(USER, [USER], sortBy, sortOrder);

describe('sortBy', () => {
  it.each([
    ['userName', 'userName'],
    ['USERNAME', 'userName'],
    [`${USER.schema.id}:userName`, 'userName'],
    ['name.familyName', 'name.familyName'],
    ['meta.lastModified', 'meta.lastModified'],
    [`${ENTERPRISE}:department`, `${ENTERPRISE}:department`],
    ['department', `${ENTERPRISE}:department`],
    [`${ENTERPRISE}:manager.displayName`, `${ENTERPRISE}:manager.displayName`],
    ['emails', 'emails.value'],
    ['emails.type', 'emails.type'],
    ['manager', `${ENTERPRISE}:manager.value`],
    ['schemas', 'schemas'],
    [' title ', 'title'],
  ])('%p means %s', (name, path) => {
    expect(sort(name)).toMatchObject({ path: { name: path }, isDescending: false });
  });

  it.each([undefined, '', ' ', 'id', 'ID'])('%p asks for the order of ids, which lists have as they are', (name) => {
    expect(sort(name)).toBeUndefined();
  });

  it('sorts by id in descending order, and where several types are listed', () => {
    expect(sort('id', 'descending')).toMatchObject({ path: { name: 'id' }, isDescending: true });
    expect(parseSort(USER, REGISTRY, 'id', 'ascending')).toMatchObject({ path: { name: 'id' } });
  });

  it.each([
    ['userNam', 'sortBy: no attribute is called "userNam"; did you mean "userName"?'],
    ['emails[type eq "work"].value', 'sortBy: no attribute is called this'],
    ['__proto__', 'sortBy: no attribute is called'],
    ['name', 'sortBy: name has no order; name one of its sub-attributes, such as name.formatted.'],
    ['addresses', 'sortBy: addresses has no order'],
    ['meta', 'such as meta.resourceType'],
    ['password', 'sortBy: password is never returned'],
  ])('%s is refused', (name, words) => {
    expect(() => sort(name)).toThrow(refusal('invalidValue', words));
  });

  it('is refused for a part of what is never returned', () => {
    const secret = attribute('secret', { type: 'complex', returned: 'never', subAttributes: [attribute('value')] });
    const type = { ...GROUP, schema: { ...GROUP.schema, attributes: [secret] } };

    for (const name of ['secret', 'secret.value'])
      expect(() => parseSort(type, [type], name)).toThrow(refusal('invalidValue', 'never returned'));
  });

  it('is refused for a complex attribute without any part', () => {
    const type = { ...GROUP, schema: { ...GROUP.schema, attributes: [attribute('box', { type: 'complex' })] } };

    expect(() => parseSort(type, [type], 'box')).toThrow(refusal('invalidValue', 'box has no order'));
  });

  it('may name what only another of the types has', () => {
    expect(parseSort(GROUP, REGISTRY, 'userName')).toEqual({ isDescending: false });
    expect(() => parseSort(GROUP, [GROUP], 'userName')).toThrow(refusal('invalidValue', 'no attribute'));
    expect(() => parseSort(GROUP, REGISTRY, 'user')).toThrow(refusal('invalidValue', 'no attribute'));
  });
});

describe('sortOrder', () => {
  it('is ascending unless it says otherwise', () => {
    expect(sort('title')).toMatchObject({ isDescending: false });
    expect(sort('title', 'ascending')).toMatchObject({ isDescending: false });
    expect(sort('title', 'descending')).toMatchObject({ isDescending: true });
  });

  it.each(['Ascending', 'desc', ''])('%p is refused', (order) => {
    expect(() => sort('title', order)).toThrow(refusal('invalidValue', 'sortOrder: must be "ascending" or "descending"'));
  });

  it('is passed over without sortBy', () => {
    expect(sort(undefined, 'sideways')).toBeUndefined();
  });
});
