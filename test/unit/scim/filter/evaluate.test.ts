import { describe, expect, it } from '@jest/globals';
import { type Filter, unreachable } from '../../../../src/scim/filter/ast.ts';
import { evaluate } from '../../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import type { JsonObject } from '../../../../src/scim/json.ts';
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
    'title eq "other" or title eq "GUIDE"',
  ])('%s', (filter) => {
    expect(matches(filter)).toBe(true);
  });

  it.each([
    'externalId eq "ext-1"',
    'userName eq "bjensen"',
    'title gt "guide"',
    'title lt "guide"',
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
    expect(matches('size gt 9', { size: 'ten' }, type)).toBe(false);
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
