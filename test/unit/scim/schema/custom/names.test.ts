import { describe, expect, it } from '@jest/globals';
import { keyOf } from '../../../../../src/dynamodb/keys.ts';
import {
  attributeNameFault,
  endpointFault,
  RESERVED_TYPE_NAMES,
  subAttributeNameFault,
  typeNameFault,
  urnFault,
} from '../../../../../src/scim/schema/custom/names.ts';
import { REGISTRY } from '../../../../../src/scim/schema/resource-types.ts';

describe('names of schemas, types and attributes', () => {
  it.each([
    'urn:ietf:params:scim:schemas:extension:infor:2.0:User',
    'urn:x-acme:Device',
    'URN:example:a_c.d-1',
    `urn:a:${'x'.repeat(194)}`,
  ])('take %s for a URN', (urn) => {
    expect(urnFault(urn)).toBeUndefined();
  });

  it.each([
    ['', 'must be a URN'],
    ['Device', 'must be a URN'],
    ['https://example.com/Device', 'must be a URN'],
    ['urn:example', 'must be a URN'],
    ['urn:example:', 'must be a URN'],
    ['urn:-example:Device', 'must be a URN'],
    ['urn:example:Device:', 'must be a URN'],
    ['urn:example:a b', 'must be a URN'],
    ['urn:example:Gerät', 'must be a URN'],
    ['urn:example:a/b', 'must be a URN'],
    ['urn:example:a%20b', 'must be a URN'],
    ['xurn:example:Device', 'must be a URN'],
    [`urn:a:${'x'.repeat(195)}`, 'at most 200 characters'],
    ['urn:ietf:params:scim:schemas:core:2.0:schema', 'of the protocol itself'],
    ['urn:ietf:params:scim:api:messages:2.0:Anything', 'of the protocol itself'],
    ['urn:scim:schemas:core:1.0', 'SCIM 1'],
    ['urn:scim:schemas:extension:enterprise:1.0:x', 'SCIM 1'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0user', 'SCIM 1'],
  ])('refuse the URN %s', (urn, words) => {
    expect(urnFault(urn)).toContain(words);
  });

  it.each(['a', 'serialNumber', 'a$b-c_1', 'x'.repeat(64)])('take %s for an attribute', (name) => {
    expect(attributeNameFault(name)).toBeUndefined();
    expect(subAttributeNameFault(name)).toBeUndefined();
  });

  it.each(['', '1a', '_a', '$a', 'a b', 'a.b', 'ä', '__proto__', ' a', 'a\n', 'x'.repeat(65)])('refuse the attribute "%s"', (name) => {
    expect(attributeNameFault(name)).toContain('must begin with a letter');
    expect(subAttributeNameFault(name)).toContain('"$", "-" and "_"');
  });

  it('keep names of common attributes at the top, and let $ref stand below', () => {
    expect(attributeNameFault('ExternalId')).toContain('every resource has');
    expect(attributeNameFault('$ref')).toContain('must begin');
    expect(subAttributeNameFault('id')).toBeUndefined();
    expect(subAttributeNameFault('$ref')).toBeUndefined();
  });

  it.each(['Device', 'x-1_y'])('take %s for a resource type', (name) => {
    expect(typeNameFault(name)).toBeUndefined();
  });

  it.each([
    ['user', 'the service uses'],
    ['Unique', 'the service uses'],
    ['a$', 'letters, digits, "-" and "_"'],
    ['a#b', 'must begin'],
    ['', 'must begin'],
  ])('refuse the resource type "%s"', (name, words) => {
    expect(typeNameFault(name)).toContain(words);
  });

  it('reserve what keys of the table begin with', () => {
    const entry = { attribute: 'a', value: 'v' };
    const keys = [
      keyOf.unique('T', entry),
      keyOf.lookup('T', entry, 'i'),
      keyOf.membership('g', 'm'),
      keyOf.reverse('m', 'g'),
      keyOf.alive('i'),
      keyOf.counter('T', 'i'),
      keyOf.tombstone('T', 'i'),
      keyOf.removedRelation('i', 'Group', 'o'),
      keyOf.outbox('T', 'i'),
      keyOf.restored('T', 'i'),
      keyOf.nesting('T'),
      keyOf.nestedGroup('g', 'm'),
      keyOf.change('c'),
      keyOf.manifest('g', 'c', 0),
      keyOf.bookmark('T', 'r'),
      keyOf.application('a'),
      keyOf.backfill('b'),
      keyOf.lastUse('c'),
      keyOf.expiryWarning('c', 7),
      keyOf.counterAt('T', 0),
      keyOf.seats('T'),
      keyOf.kept('T', { name: entry, application: 'a', externalId: 'e' }),
      keyOf.schemas(),
      keyOf.brake('a'),
      keyOf.assertion('i', 'a'),
      keyOf.events(1, 1),
      keyOf.generation(),
      keyOf.pastRemoval('i', 1),
    ];

    // All but that of a resource itself, and the applications together, which are no one key.
    expect(keys).toHaveLength(Object.keys(keyOf).length - 2);
    expect(RESERVED_TYPE_NAMES).toEqual(expect.arrayContaining(keys.map(({ pk }) => pk.split('#')[0])));
    expect(RESERVED_TYPE_NAMES).toEqual(expect.arrayContaining(REGISTRY.map(({ name }) => name)));
  });

  it.each(['/Devices', '/x-1_Y'])('take %s for an endpoint', (endpoint) => {
    expect(endpointFault(endpoint)).toBeUndefined();
  });

  it.each([
    ['Devices', 'must be a slash and one name'],
    ['/', 'must be a slash'],
    ['/a/b', 'must be a slash'],
    ['/.search', 'must be a slash'],
    ['x/Devices', 'must be a slash'],
    ['/Devices/', 'must be a slash'],
    [`/${'x'.repeat(64)}`, 'at most 64'],
    ['/bulk', 'is taken'],
    ['/oauth2', 'is taken'],
  ])('refuse the endpoint %s', (endpoint, words) => {
    expect(endpointFault(endpoint)).toContain(words);
  });
});
