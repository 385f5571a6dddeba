import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import { replaceDocument } from '../../../../src/scim/schema/replace-document.ts';
import type { ResourceType, Schema } from '../../../../src/scim/schema/resource-type.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';

const EXTENSION = 'urn:example:extension:User';
const attributes = [
  attribute('serial', { mutability: 'immutable' }),
  attribute('issued', { mutability: 'readOnly' }),
  attribute('place', {
    type: 'complex',
    subAttributes: [attribute('town', { mutability: 'immutable' }), attribute('street'), attribute('zone', { mutability: 'readOnly' })],
  }),
  attribute('keys', { type: 'complex', multiValued: true, subAttributes: [attribute('value', { mutability: 'immutable' })] }),
];
const schema = (id: string): Schema => ({ id, name: 'User', description: '', attributes: [...attributes, attribute('title')] });
const type: ResourceType = { ...USER, schema: schema(USER.schema.id), extensions: [{ schema: schema(EXTENSION), required: false }] };

const inCore = (document: JsonObject): JsonObject => document;
const inExtension = (document: JsonObject): JsonObject => (Object.keys(document).length > 0 ? { [EXTENSION]: document } : {});

describe.each([
  ['the core schema', '', inCore],
  ['an extension', `${EXTENSION}:`, inExtension],
])('what a PUT makes of attributes of %s', (_where, prefix, under) => {
  const replace = (stored: JsonObject, sent: JsonObject) => replaceDocument(type, under(stored), under(sent));

  it.each<readonly [JsonObject, JsonObject, JsonObject]>([
    [{ title: 'a' }, {}, {}],
    [{ title: 'a' }, { title: 'b' }, { title: 'b' }],
    [{}, { serial: '1' }, { serial: '1' }],
    [{ serial: '1' }, {}, { serial: '1' }],
    [{ serial: '1' }, { serial: '1', title: 'b' }, { serial: '1', title: 'b' }],
    [{ issued: '1' }, { title: 'b' }, { issued: '1', title: 'b' }],
    [{ place: { town: 'a', street: 'b' } }, { place: { street: 'c' } }, { place: { town: 'a', street: 'c' } }],
    [{ place: { zone: 'z' } }, { place: { street: 'c' } }, { place: { zone: 'z', street: 'c' } }],
    [{ place: { street: 'b' } }, { place: { town: 'a' } }, { place: { town: 'a' } }],
    [{ place: { town: 'a' } }, {}, {}],
    [{ keys: [{ value: '1' }] }, { keys: [{ value: '2' }] }, { keys: [{ value: '2' }] }],
    [{ forgotten: 'x', title: 'a' }, { title: 'b' }, { forgotten: 'x', title: 'b' }],
    [{ forgotten: 'x' }, {}, { forgotten: 'x' }],
  ])('%j, replaced by %j, is %j', (stored, sent, expected) => {
    expect(replace(stored, sent)).toEqual(under(expected));
  });

  it.each<readonly [JsonObject, JsonObject, string]>([
    [{ serial: '1' }, { serial: '2' }, 'serial'],
    [{ place: { town: 'a' } }, { place: { town: 'b' } }, 'place.town'],
  ])('%j is not replaced by %j', (stored, sent, name) => {
    expect(() => replace(stored, sent)).toThrow(
      expect.objectContaining({ kind: 'mutability', message: expect.stringContaining(`${prefix}${name} is immutable`) }),
    );
  });
});

describe('a PUT', () => {
  it('keeps an extension that no schema knows, and takes what was sent as it is where nothing is settled', () => {
    const sent = { title: 'b' };

    expect(replaceDocument(type, { 'urn:example:gone': { a: '1' } }, sent)).toEqual({ 'urn:example:gone': { a: '1' }, title: 'b' });
    expect(replaceDocument(type, { title: 'a', externalId: 'x', [EXTENSION]: { title: 'a' } }, sent)).toBe(sent);
  });
});
