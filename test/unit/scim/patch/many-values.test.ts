import { describe, expect, it } from '@jest/globals';
import { applyPatch } from '../../../../src/scim/patch/apply-patch.ts';
import { parsePatch } from '../../../../src/scim/patch/parse-patch.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';
import { URN } from '../../../../src/scim/urn.ts';

const apply = (type: ResourceType, operations: readonly object[]) =>
  applyPatch(
    type,
    { userName: 'ada' },
    parsePatch(type, { schemas: [URN.patchOp], Operations: operations.map((each) => ({ ...each })) }, new Set()),
  ).document;

const refusal = expect.objectContaining({ kind: 'invalidValue', message: expect.stringMatching(/at most 100 values/) });

describe('a list that many operations add to', () => {
  const hundred = (first: number) => Array.from({ length: 100 }, (_, index) => ({ locality: `Town ${first + index}` }));

  it('may be twice as long on the way, so that all its values can be replaced one by one', () => {
    const operations = [
      { op: 'add', path: 'addresses', value: hundred(0) },
      { op: 'add', path: 'addresses', value: hundred(100) },
      ...hundred(0).map(({ locality }) => ({ op: 'remove', path: `addresses[locality eq "${locality}"]` })),
    ];

    expect(apply(USER, operations)['addresses']).toEqual(hundred(100));
  });

  it('is refused when it is longer, whatever comes after: each value would be compared with thousands of others', () => {
    const added = [0, 100, 200].map((first) => ({ op: 'add', path: 'addresses', value: hundred(first) }));

    expect(() => apply(USER, [...added, { op: 'remove', path: 'addresses' }])).toThrow(refusal);
  });

  it('has its limit also where it is part of a value', () => {
    const key = attribute('key', { type: 'complex', subAttributes: [attribute('uses', { type: 'integer', multiValued: true })] });
    const type = { ...USER, schema: { ...USER.schema, attributes: [...USER.schema.attributes, key] } };
    const operations = [0, 100].map((first) => ({ op: 'add', value: { key: { uses: Array.from({ length: 100 }, (_, n) => first + n) } } }));

    expect(() => apply(type, operations)).toThrow(refusal);
  });
});
