import { describe, expect, it } from '@jest/globals';
import { type Filter, unreachable } from '../../../../src/scim/filter/ast.ts';
import { evaluate } from '../../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import type { Json, JsonObject } from '../../../../src/scim/json.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../../src/scim/schema/resource-types.ts';
import { aUser, ENTERPRISE } from '../documents.ts';

const RESOURCE: JsonObject = {
  schemas: [USER.schema.id, ENTERPRISE],
  id: '0199',
  externalId: 'Ext-1',
  ...aUser({ nickName: '', title: 'Guide' }),
  groups: [{ value: 'g1', display: 'Guides', type: 'direct' }],
  meta: { resourceType: 'User', created: '2011-08-01T18:29:49.793Z', lastModified: '2011-08-01T20:31:02Z' },
};

const matches = (filter: string, resource = RESOURCE, type = USER) => evaluate(parseFilter(filter, type), resource);

describe('a resource matches', () => {
  it.each([
    'userName eq "BJENSEN@example.com"',
    'userName eq "ＢＪＥＮＳＥＮ@example.com"',
    'id eq "0199"',
    'externalId eq "Ext-1"',
    'name.familyName co "ENS"',
    'userName sw "bj" and userName ew ".COM"',
    'title ge "guide" and title le "guide" and title gt "a" and title lt "z"',
    'title pr',
    'name pr',
    'not (nickName pr)',
    'nickName eq ""',
    'locale eq null and title ne null',
    'locale ne "de"',
    'active eq true',
    'active ne false',
    'active eq "True"',
    'emails eq "babs@jensen.example"',
    'emails.type eq "home"',
    'emails.type ne "work"',
    'emails pr and name pr',
    'emails[type eq "work" and primary eq true]',
    'emails[type eq "home" and not (primary eq true)]',
    'emails[type eq "work"].value eq "bjensen@EXAMPLE.com"',
    `${ENTERPRISE}:department eq "tours"`,
    'manager eq "m1"',
    'manager[value eq "m1"]',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'groups.value eq "g1"',
    'meta.resourceType eq "User"',
    'meta.created eq "2011-08-01T20:29:49.7930000+02:00"',
    'meta.lastModified gt "2011-08-01T20:31:01.9999999Z"',
    'meta.lastModified ge "0001-01-03T00:00:00.0000000Z"',
    'meta.created sw "2011-08"',
    'meta.created co "-08-01T" and meta.created ew "Z"',
    'title eq "other" or title eq "GUIDE"',
  ])('%s', (filter) => {
    expect(matches(filter)).toBe(true);
  });

  it.each([
    'externalId eq "ext-1"',
    'userName eq "bjensen"',
    'title gt "guide"',
    'title lt "guide"',
    'title ge "h"',
    'title le "f"',
    'title ne "GUIDE"',
    'active ne true',
    'nickName pr',
    'locale pr',
    'locale eq "de"',
    'locale lt "z"',
    'locale co ""',
    'title eq null',
    'emails[type eq "work" and value eq "babs@jensen.example"]',
    'emails[type eq "other"]',
    'addresses pr',
    'addresses[type pr]',
    'manager eq "m2"',
    'groups eq "g2"',
    'meta.lastModified lt "2011-08-01T20:31:02.0000000Z"',
    'userName eq "bjensen@example.com" and active eq false',
    'not (active eq true)',
  ])('but not %s', (filter) => {
    expect(matches(filter)).toBe(false);
  });

  it('by none of the names every object has', () => {
    const type: ResourceType = { ...GROUP, schema: { ...GROUP.schema, attributes: [attribute('constructor'), attribute('toString')] } };

    expect(matches('constructor pr or toString pr', {}, type)).toBe(false);
  });

  it('by its numbers in their order', () => {
    const type: ResourceType = { ...GROUP, schema: { ...GROUP.schema, attributes: [attribute('size', { type: 'integer' })] } };

    expect(matches('size gt 9 and size le 10 and size ne 9 and size eq 1e1', { size: 10 }, type)).toBe(true);
    expect(matches('size lt 9', { size: 10 }, type)).toBe(false);
  });

  it.each<[string, Json]>([
    ['size gt 9', '10'],
    ['size gt 0', true],
    ['size ge 9', [['9']]],
    ['title le "guide"', 7],
  ])('by no order between values of different types: %s', (filter, value) => {
    const attributes = [attribute('size', { type: 'integer' }), attribute('title')];
    const type: ResourceType = { ...GROUP, schema: { ...GROUP.schema, attributes } };

    expect(matches(filter, { size: value, title: value }, type)).toBe(false);
  });

  it('by what it has beside what is empty', () => {
    expect(matches('name pr', { name: { givenName: '', familyName: 'Jensen' } })).toBe(true);
    expect(matches('name pr', { name: { givenName: '', familyName: null } })).toBe(false);
    expect(matches('title pr or title eq "null" or title sw "n"', { title: null })).toBe(false);
    expect(matches('emails pr', { emails: [null, { value: '' }] })).toBe(false);
  });

  it('by no comparison with a dateTime that is none', () => {
    expect(matches('meta.created gt "2011-08-01T20:31:02Z"', { meta: { created: 'soon' } })).toBe(false);
  });

  it('by no substring of what is no text', () => {
    expect(matches('title co "1"', { title: 1 })).toBe(false);
  });
});

describe('a filter node of an unknown kind', () => {
  it('is a mistake of the programmer', () => {
    expect(() => unreachable({ kind: 'xor' } as unknown as Filter as never)).toThrow(TypeError);
  });
});
