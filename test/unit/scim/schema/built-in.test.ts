import { describe, expect, it } from '@jest/globals';
import { type Attribute, attribute } from '../../../../src/scim/schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../../../../src/scim/schema/common-attributes.ts';
import { REGISTRY } from '../../../../src/scim/schema/resource-types.ts';

const SCHEMAS = REGISTRY.flatMap(({ schema, extensions }) => [schema, ...extensions.map((extension) => extension.schema)]);
const TOP: readonly Attribute[] = [...COMMON_ATTRIBUTES, ...SCHEMAS.flatMap(({ attributes }) => attributes)];
const PARTS = TOP.flatMap(({ subAttributes = [] }) => subAttributes);

describe('the attributes that are built in', () => {
  it('have names of a letter, then letters, digits, "$", "-" and "_"; only the RFC’s own $ref begins otherwise', () => {
    const names = [...TOP, ...PARTS].map(({ name }) => name).filter((name) => name !== '$ref');

    for (const name of names) expect(name).toMatch(/^[A-Za-z][\w$-]*$/);
  });

  it('are complex only where they are not part of another', () => {
    expect(PARTS.filter(({ type, subAttributes }) => type === 'complex' || subAttributes !== undefined)).toEqual([]);
    expect(TOP.filter(({ type, subAttributes }) => (type === 'complex') !== (subAttributes !== undefined))).toEqual([]);
  });

  it('are issued by the server where they are id and meta', () => {
    const named = (name: string) => COMMON_ATTRIBUTES.find((common) => common.name === name);

    expect(named('id')).toMatchObject({ caseExact: true, mutability: 'readOnly', returned: 'always' });
    expect(named('externalId')).toMatchObject({ caseExact: true, mutability: 'readWrite' });
    expect(named('meta')?.subAttributes?.map(({ mutability, returned }) => [mutability, returned])).toEqual(
      Array.from({ length: 5 }, () => ['readOnly', 'default']),
    );
  });
});

describe('an attribute of which only the name is said', () => {
  it('is a single optional string that may be read and written, in any case', () => {
    expect(attribute('colour')).toMatchObject({
      type: 'string',
      multiValued: false,
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    });
  });
});
