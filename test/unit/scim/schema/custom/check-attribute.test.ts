import { describe, expect, it } from '@jest/globals';
import { parseSchemaFile } from '../../../../../src/scim/schema/custom/parse.ts';
import { aSchema, BADGE, refusalWith } from './files.ts';

const parse = (...attributes: readonly object[]) => parseSchemaFile(aSchema(BADGE, ...attributes)).schemas[0]?.part;
const complex = (overrides: object, ...subAttributes: readonly object[]) => ({ name: 'a', type: 'complex', subAttributes, ...overrides });

describe('an attribute of a schema', () => {
  it.each([
    [{ name: 'a', type: 'complex' }, 'attributes[0].subAttributes of "a": a complex attribute is made of sub-attributes'],
    [{ name: 'a', subAttributes: [{ name: 'b' }] }, 'attributes[0].type of "a": only a complex attribute has sub-attributes'],
    [{ name: 'a', mutability: 'readOnly', required: true }, 'required of "a": no client can send what is readOnly'],
    [
      { name: 'a', mutability: 'writeOnly', returned: 'never', required: true },
      'required of "a": a value that is writeOnly is accepted and not kept',
    ],
    [{ name: 'a', mutability: 'writeOnly' }, 'returned of "a": what is writeOnly is not returned'],
    [{ name: 'a', mutability: 'readOnly', returned: 'never' }, 'nobody could write or read it'],
    [{ name: 'a', type: 'integer', canonicalValues: ['1'] }, 'only strings and references have canonical values'],
    [{ name: 'a', referenceTypes: ['User'] }, 'only a reference has referenceTypes'],
    [{ name: 'a', type: 'integer', uniqueness: 'server' }, 'only strings and references can be unique here'],
    [{ name: 'a', mutability: 'writeOnly', returned: 'never', uniqueness: 'global' }, 'is not kept, so it cannot be unique'],
    [{ name: 'a', returned: 'never', uniqueness: 'server' }, 'would tell that a value exists'],
    [{ name: 'a', multiValued: true, uniqueness: 'server' }, 'an attribute with several values cannot be unique here'],
    [complex({}, { name: 'b', type: 'complex' }), 'attributes[0].subAttributes[0].type of "a.b": a sub-attribute cannot be complex itself'],
    [complex({}, { name: 'b', subAttributes: [{ name: 'c' }] }), 'sub-attributes have no sub-attributes of their own'],
    [complex({}, { name: 'b', uniqueness: 'server' }), 'only an attribute as a whole can be unique here'],
    [complex({}, { name: 'b', mutability: 'readOnly', required: true }), 'required of "a.b": no client can send'],
    [complex({}, { name: 'B' }, { name: 'b' }), 'subAttributes[1].name of "a.b": another one has this name'],
    [complex({ multiValued: true }, { name: 'type' }, { name: 'primary', type: 'boolean' }), 'one of them must hold the value itself'],
    [
      complex({ multiValued: true }, { name: 'value' }, { name: 'primary' }),
      'subAttributes[1].type of "a.primary": "primary" is true or false',
    ],
    [
      complex({ multiValued: true }, { name: 'value' }, { name: 'primary', type: 'boolean', multiValued: true }),
      '"primary" is true or false',
    ],
  ])('is refused as %j', (attribute, words) => {
    expect(() => parse(attribute)).toThrow(refusalWith(words));
  });

  it('may have a name once only, whatever its case', () => {
    expect(() => parse({ name: 'Code' }, { name: 'code' })).toThrow(refusalWith('attributes[1].name of "code": another one has this name'));
  });

  it.each([
    { name: 'a', mutability: 'readOnly' },
    { name: 'a', mutability: 'immutable', required: true, uniqueness: 'server' },
    { name: 'a', mutability: 'writeOnly', returned: 'never' },
    { name: 'a', type: 'reference', referenceTypes: ['external'], canonicalValues: ['b'] },
    { name: 'a', multiValued: true, returned: 'request' },
    complex({}, { name: 'type' }),
    complex({ multiValued: true }, { name: 'value' }, { name: 'primary', type: 'boolean' }, { name: '$ref', type: 'reference' }),
    complex({}, { name: 'pin', mutability: 'writeOnly', returned: 'never' }),
  ])('is taken as %j', (attribute) => {
    expect(parse(attribute)?.attributes[0]).toMatchObject({ name: 'a' });
  });
});
