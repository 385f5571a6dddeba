import { describe, expect, it } from '@jest/globals';
import { explainProfile } from '../../../../src/scim/mapping/explain.ts';
import { profileOf } from '../../../../src/scim/mapping/profile.ts';
import type { MappedAttribute } from '../../../../src/scim/mapping/shape.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const ada = {
  id: '0197f000-0000-7000-8000-000000000001',
  externalId: 'hr-1',
  userName: 'Ada@Example.com',
  name: { givenName: ' Ada ', familyName: 'Lovelace' },
  active: false,
  emails: [
    { value: 'home@example.com', type: 'home' },
    { value: 'ADA@example.com', type: 'work' },
    { value: 'main@example.com', type: 'other', primary: true },
  ],
  phoneNumbers: [{ type: 'work' }, { value: '', type: 'fax' }],
  [ENTERPRISE]: { department: 'Engines', manager: { value: '0197f000-0000-7000-8000-000000000002' } },
  meta: { created: '2026-01-02T03:04:05.678Z', resourceType: 'User' },
};

const made = (entry: Omit<MappedAttribute, 'target'>) => profileOf(USER, [{ target: 'it', ...entry }], ada)['it'];

describe('a profile', () => {
  it.each<[string, Omit<MappedAttribute, 'target'>, unknown]>([
    ['the value of a path', { path: 'userName' }, 'Ada@Example.com'],
    ['a path in other case', { path: 'USERNAME' }, 'Ada@Example.com'],
    ['a part of a name, trimmed', { path: 'name.givenName', transforms: ['trim', 'upperCase'] }, 'ADA'],
    ['what a value path selects', { path: 'emails[type eq "work"].value', transforms: ['lowerCase'] }, 'ada@example.com'],
    ['of several values, the primary one', { path: 'emails.value' }, 'main@example.com'],
    ['all values, the primary one first', { path: 'emails.value', all: true }, ['main@example.com', 'home@example.com', 'ADA@example.com']],
    ['an attribute of an extension', { path: `${ENTERPRISE}:department` }, 'Engines'],
    ['the same without its URN', { path: 'department' }, 'Engines'],
    ['a sub-attribute of one', { path: `${ENTERPRISE}:manager.value` }, '0197f000-0000-7000-8000-000000000002'],
    ['false, which is a value', { path: 'active', default: true }, false],
    ['the id', { path: 'id' }, ada.id],
    ['what the client calls it', { path: 'externalId' }, 'hr-1'],
    ['when it was created', { path: 'meta.created' }, '2026-01-02T03:04:05.678Z'],
    ['a constant', { constant: 0 }, 0],
    ['the first of several paths that has a value', { firstOf: ['title', 'department', 'userName'] }, 'Engines'],
    [
      'several joined, without those that have no value',
      { join: ['name.givenName', 'title', 'name.familyName'], transforms: ['trim'] },
      'Ada Lovelace',
    ],
    ['several joined by a separator', { join: ['userName', 'active'], separator: '/' }, 'Ada@Example.com/false'],
    ['joined by nothing', { join: ['department', 'id'], separator: '' }, `Engines${ada.id}`],
    ['a default where there is no attribute', { path: 'title', default: 'none' }, 'none'],
    ['a default where the value is empty', { path: 'phoneNumbers[type eq "fax"].value', default: 'none' }, 'none'],
    ['a default for a list', { path: 'phoneNumbers.value', all: true, default: 'none' }, 'none'],
    ['a default where nothing is joined', { join: ['title', 'nickName'], default: 'none' }, 'none'],
    ['nothing where there is no value', { path: 'title' }, undefined],
    ['nothing where no element is selected', { path: 'emails[type eq "pager"].value' }, undefined],
  ])('has %s', (_what, entry, expected) => {
    expect(made(entry)).toEqual(expected);
  });

  it('has a name only for what has a value', () => {
    const entries = [
      { target: 'title', path: 'title' },
      { target: 'login', path: 'userName' },
    ];

    expect(profileOf(USER, entries, ada)).toEqual({ login: 'Ada@Example.com' });
  });

  it('goes without what is mapped from an attribute that is no more', () => {
    const entries = [
      { target: 'badge', path: 'urn:example:badge:2.0:User:number' },
      { target: 'login', path: 'userName' },
    ];

    expect(profileOf(USER, entries, ada)).toEqual({ login: 'Ada@Example.com' });
  });

  it('says why an attribute has no value', () => {
    const entries: readonly MappedAttribute[] = [
      { target: 'login', path: 'userName' },
      { target: 'title', path: 'title' },
      { target: 'nick', firstOf: ['nickName', 'title'] },
      { target: 'badge', path: 'badge' },
    ];

    expect(explainProfile(USER, entries, ada)).toEqual([
      { target: 'login', value: 'Ada@Example.com' },
      { target: 'title', reason: 'title has no value, and there is no default.' },
      { target: 'nick', reason: 'none of nickName, title has a value, and there is no default.' },
      { target: 'badge', reason: expect.stringContaining('the path "badge" names no attribute of User') },
    ]);
  });
});
