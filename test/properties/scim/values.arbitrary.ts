import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../../src/scim/json.ts';
import type { Attribute, AttributeType } from '../../../src/scim/schema/attribute.ts';

type LeafType = Exclude<AttributeType, 'complex'>;

/** Few values of each type, so that they meet again: texts that differ in case, width or form, instants in different zones. */
const LEAVES: Readonly<Record<LeafType, fc.Arbitrary<string | number | boolean>>> = {
  string: fc.constantFrom('', 'a', 'A', 'ab', 'b a', 'ä', 'Ä', 'a\u0308', 'ＡＢ', '😀', '"\\', '\t'),
  boolean: fc.boolean(),
  integer: fc.constantFrom(-1, 0, 1, 10, Number.MAX_SAFE_INTEGER),
  decimal: fc.constantFrom(-1.5, 0, 0.1, 1, 1e21, 5e-324),
  dateTime: fc.constantFrom(
    '2011-05-13T04:42:34Z',
    '2011-05-13T04:42:34.000Z',
    '2011-05-13T06:42:34+02:00',
    '2011-05-13T04:42:34.0000001Z',
    '2011-05-13T04:42:34.1',
    '2024-02-29T23:59:59-11:30',
  ),
  reference: fc.constantFrom('https://a.example/', 'https://a.example/A', '../Users/a', ''),
  binary: fc.constantFrom('QUI=', 'qUI=', 'QQ==', '_-8=', ''),
};

/** A value for an attribute without sub-attributes. */
export const leafValue = ({ type, canonicalValues }: Attribute): fc.Arbitrary<string | number | boolean> =>
  canonicalValues === undefined ? LEAVES[type === 'complex' ? 'string' : type] : fc.constantFrom(...canonicalValues.slice(0, 2), 'Work');

type Writes = (attribute: Attribute) => boolean;

/** A value for an attribute, made of the sub-attributes that `writes` accepts; those required are always there. */
export const anyValue = (attribute: Attribute, writes: Writes = () => true): fc.Arbitrary<Json> => {
  const single: fc.Arbitrary<Json> = attribute.type === 'complex' ? complexValue(attribute, writes) : leafValue(attribute);
  return attribute.multiValued ? fc.array(single, { maxLength: 3 }).map(withOnePrimary) : single;
};

function complexValue({ subAttributes = [] }: Attribute, writes: Writes): fc.Arbitrary<JsonObject> {
  const subs = subAttributes.filter(writes);
  const required = subs.filter((sub) => sub.required).map(({ name }) => name);
  return fc
    .shuffledSubarray([...subs], { maxLength: Math.min(4, subs.length) })
    .chain((some) =>
      fc.record(Object.fromEntries([...subs.filter((sub) => sub.required), ...some].map((sub) => [sub.name, valueOfPart(sub, writes)])), {
        requiredKeys: required,
      }),
    )
    .map(asJson);
}

const valueOfPart = (sub: Attribute, writes: Writes): fc.Arbitrary<Json> =>
  sub.required ? fc.constantFrom('a', 'A', 'b') : anyValue(sub, writes);

/** The first value that is primary stays so. */
function withOnePrimary(values: readonly Json[]): readonly Json[] {
  const first = values.findIndex((value) => isObject(value) && value['primary'] === true);
  return values.map((value, at) => (isObject(value) && value['primary'] === true && at !== first ? { ...value, primary: false } : value));
}

/** fast-check leaves keys out, its types say they may be undefined. */
export const asJson = (value: object): JsonObject => ({ ...value });

/** What might be sent instead of a value, a path, or a whole body. */
export const garbage: fc.Arbitrary<Json> = fc.json({ maxDepth: 3 }).map((text): Json => JSON.parse(text));
