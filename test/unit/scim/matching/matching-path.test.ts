import { describe, expect, it } from '@jest/globals';
import { matchingValues, parseMatchingPath } from '../../../../src/scim/matching/matching-path.ts';
import { GROUP, USER } from '../../../../src/scim/schema/resource-types.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const valuesOf = (path: string, attributes: Parameters<typeof matchingValues>[1]) =>
  matchingValues(parseMatchingPath(USER, path), attributes);

describe('the path of a matching attribute', () => {
  it.each([
    ['TITLE', 'title'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:title', 'title'],
    ['name.familyname', 'name.familyName'],
    ['phoneNumbers', 'phoneNumbers.value'],
    ['employeeNumber', `${ENTERPRISE}:employeeNumber`],
    [`${ENTERPRISE}:manager`, `${ENTERPRISE}:manager.value`],
    ['phoneNumbers[TYPE eq "work"].value', 'phoneNumbers[type eq "work"].value'],
    ['addresses[primary eq true].locality', 'addresses[primary eq true].locality'],
    ['phoneNumbers[type eq "work"]', 'phoneNumbers[type eq "work"].value'],
  ])('%s has one spelling', (path, name) => {
    expect(parseMatchingPath(USER, path).name).toBe(name);
    expect(parseMatchingPath(USER, name).name).toBe(name);
  });

  it.each([
    ['titel', 'names no attribute of User'],
    ['password', 'never returned'],
    ['active', 'of type boolean'],
    ['name', 'of type complex'],
    ['userName', 'needs no key of its own'],
    ['id', 'needs no key of its own'],
    ['externalId', 'needs no key of its own'],
    ['groups.value', 'needs no key of its own'],
    [`${ENTERPRISE}:manager.displayName`, 'readOnly'],
    [ENTERPRISE, 'a whole schema'],
    ['phoneNumbers[type eq "work" and primary eq true].value', 'more than one comparison'],
    ['phoneNumbers[type pr].value', 'more than one comparison'],
    ['phoneNumbers[kind eq "work"].value', 'no attribute is called'],
  ])('is refused if it is %s', (path, words) => {
    expect(() => parseMatchingPath(USER, path)).toThrow(words);
  });

  it.each(['displayName', 'members.value'])("is refused if it is a group's %s", (path) => {
    expect(() => parseMatchingPath(GROUP, path)).toThrow('needs no key of its own');
  });
});

describe('the values at a path', () => {
  const phoneNumbers = [
    { type: 'work', value: '1' },
    { type: 'Home', value: '2' },
    { value: '3' },
    { type: 'work' },
    { type: 'work', value: '' },
  ];

  it.each([
    ['phoneNumbers.value', ['1', '2', '3']],
    ['phoneNumbers[type eq "home"].value', ['2']],
    ['phoneNumbers[type eq "fax"].value', []],
    ['title', []],
    ['employeeNumber', ['7']],
    ['name.familyName', ['Lovelace']],
  ])('of %s are %j', (path, values) => {
    const attributes = { phoneNumbers, name: { familyName: 'Lovelace' }, title: '', [ENTERPRISE]: { employeeNumber: '7' } };

    expect(valuesOf(path, attributes)).toEqual(values);
  });
});
