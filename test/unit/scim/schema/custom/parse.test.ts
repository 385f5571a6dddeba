import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderSchema } from '../../../../../src/scim/discovery.ts';
import { parseSchemaFile } from '../../../../../src/scim/schema/custom/parse.ts';
import { URN } from '../../../../../src/scim/urn.ts';
import { aSchema, aType, BADGE, DEVICE, refusalWith } from './files.ts';

const schemaIn = (file: unknown) => parseSchemaFile(file).schemas[0]?.part;
const attributeOf = (attribute: object) => schemaIn(aSchema(BADGE, attribute))?.attributes[0];

describe('parseSchemaFile', () => {
  it('gives what is left out, or null, its default', () => {
    expect(attributeOf({ name: 'code', required: null, canonicalValues: [], subAttributes: null })).toEqual({
      name: 'code',
      type: 'string',
      description: '',
      multiValued: false,
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    });
    expect(schemaIn({ id: BADGE, attributes: [{ name: 'code' }] })).toMatchObject({ name: 'User', description: '' });
  });

  it.each(['reference', 'binary'])('lets case count in a %s, whatever the file says', (type) => {
    expect(attributeOf({ name: 'code', type, caseExact: false })).toMatchObject({ caseExact: true });
  });

  it('holds a unique value to the length of a key', () => {
    expect(attributeOf({ name: 'code', uniqueness: 'server' })).toMatchObject({ maxBytes: 1_024 });
  });

  it('takes a schema, a resource type, a list of them, and a ListResponse', () => {
    const schema = aSchema(DEVICE);
    const type = { ...aType('Device', DEVICE), id: 'Device', schemaExtensions: [{ schema: BADGE, required: true }] };
    const stated = {
      name: 'Device',
      description: '',
      endpoint: '/Devices',
      schema: DEVICE,
      extensions: [{ schema: BADGE, required: true }],
    };

    expect(parseSchemaFile(schema)).toMatchObject({ schemas: [{ part: { id: DEVICE } }], types: [] });
    expect(parseSchemaFile(type)).toMatchObject({ schemas: [], types: [{ part: stated }] });
    expect(parseSchemaFile([schema, type])).toMatchObject({ schemas: [{}], types: [{}] });
    expect(parseSchemaFile({ schemas: [URN.listResponse], Resources: [schema] })).toMatchObject({ schemas: [{}], types: [] });
  });

  it.each(['infor-user.json', 'device.json'])('takes the example %s, and what /Schemas makes of it', (name) => {
    const file: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../../examples/schemas', name), 'utf8'));
    const schema = schemaIn(file);

    expect(schema && schemaIn(renderSchema(schema, 'https://example.com/scim/v2'))).toEqual(schema);
  });

  it.each([
    [[], 'The file is empty'],
    [null, 'The file: is neither a Schema'],
    [aSchema('urn:example:a b'), 'id: must be a URN of letters'],
    [aSchema(DEVICE, { name: 'a b' }), 'attributes[0].name: the name must begin with a letter'],
    [aSchema(DEVICE, { name: 'a', type: 'complex', subAttributes: [{ name: '1' }] }), 'subAttributes[0].name of "a.1": the name must'],
    [{ schemas: [URN.listResponse] }, 'The file: is neither'],
    [[aSchema(DEVICE), 7, {}], /\[1\]: is neither.*\n\[2\]: is neither/],
    [
      { Resources: [aSchema(DEVICE, { name: 'a', type: 'strng' })] },
      'Resources[0].attributes[0].type of "a": knows no "strng"; did you mean "string"?',
    ],
    [aSchema(DEVICE, { name: 'a', type: 'numeric value' }), 'knows no such word; there are string, boolean'],
    [aSchema(DEVICE, { name: 'a', type: 5 }), 'must be one of string, boolean'],
    [aSchema(DEVICE, { name: 'a', requird: true }), 'attributes[0] of "a": knows no key "requird"; did you mean "required"?'],
    [aSchema(DEVICE, { name: 'a', 'a key': true }), 'knows no key of this name; there are name, type'],
    [{ ...aSchema(DEVICE), attribtes: [] }, 'The file: knows no key "attribtes"; did you mean "attributes"?'],
    [
      aType('Device', DEVICE, { schemaExtensions: [{ schema: BADGE, required: true, requred: 1 }] }),
      'schemaExtensions[0]: knows no key "requred"; did you mean "required"?',
    ],
    [aType('Device', DEVICE, { schemaExtensions: [{ schema: BADGE }] }), 'schemaExtensions[0].required: must be true or false'],
    [aType('Device', DEVICE, { id: 'Gadget' }), 'id: must be the same as the name'],
    [{ name: 'Device', endpoint: 7, schema: DEVICE }, 'endpoint: must be a path such as "/Devices"'],
    [{ ...aSchema(DEVICE), attributes: [] }, 'attributes: must have an attribute'],
    [{ id: DEVICE, attributes: 7 }, 'attributes: must be a list'],
    [{ ...aSchema(DEVICE), id: undefined }, 'id: must be a URN'],
    [aSchema(DEVICE, { name: 'a', required: 'yes' }), 'attributes[0].required of "a": must be true or false'],
    [aSchema(DEVICE, { name: 'a', description: 'a\u0007' }), 'description of "a": must be text without control characters'],
    [aSchema(DEVICE, { name: 'a', description: '\ud800' }), 'description of "a": must be text'],
    [aSchema(DEVICE, { name: 'a', description: 'x'.repeat(1_001) }), 'at most 1000 characters'],
    [aSchema(DEVICE, { name: '' }), 'attributes[0].name: must not be empty'],
    [aSchema(DEVICE, 7 as unknown as object), 'attributes[0]: must be an object'],
    [aSchema(DEVICE, ...Array.from({ length: 201 }, (_, at) => ({ name: `a${at}` }))), 'must list at most 200 attributes'],
    [
      aSchema(DEVICE, { name: 'a', type: 'complex', subAttributes: Array.from({ length: 101 }, (_, at) => ({ name: `a${at}` })) }),
      'must list at most 100 sub-attributes',
    ],
  ])('refuses %j and says where and what would be right', (file, words) => {
    expect(() => parseSchemaFile(file)).toThrow(refusalWith(words));
  });

  it('names twenty mistakes at most, and counts the others', () => {
    const attributes = Array.from({ length: 25 }, (_, at) => ({ name: `a${at}`, type: 'x' }));

    expect(() => parseSchemaFile(aSchema(DEVICE, ...attributes))).toThrow(refusalWith(/^(.+\n){20}… and 5 more\.$/));
  });
});
