import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import type { Attribute } from '../../../src/scim/schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../../../src/scim/schema/common-attributes.ts';
import type { ResourceType, Schema } from '../../../src/scim/schema/resource-type.ts';
import { URN } from '../../../src/scim/urn.ts';
import type { SentFilter } from '../../support/scim-model-filter.ts';
import type { SentOperation, SentPath } from '../../support/scim-model-steps.ts';
import { elementFilters } from './filters.arbitrary.ts';
import { anyValue, garbage } from './values.arbitrary.ts';
import { type Style, writeFilter, writeName } from './write-filter.ts';

/** A path with the attribute whose value belongs there. */
type Spot = { readonly path: SentPath; readonly attribute: Attribute };

/** Any operation that mostly makes sense on a resource of this type. */
export const operations = (type: ResourceType): fc.Arbitrary<SentOperation> =>
  fc.oneof(
    { arbitrary: spots(type).chain(operationAt), weight: 12 },
    { arbitrary: pathless(type), weight: 3 },
    ...type.extensions.map((extension) => ({ arbitrary: onExtension(extension.schema), weight: 1 })),
    { arbitrary: mistaken(type), weight: 1 },
  );

/** Any path there is. */
export const paths = (type: ResourceType): fc.Arbitrary<SentPath> =>
  fc.oneof(
    { arbitrary: spots(type).map(({ path }) => path), weight: 9 },
    ...type.extensions.map(({ schema }) => ({ arbitrary: fc.constant({ name: schema.id }), weight: 1 })),
  );

/** Operations as they are sent. */
export const writeOperations = (sent: readonly SentOperation[], style: Style): JsonObject => ({
  schemas: [URN.patchOp],
  Operations: sent.map(({ path, ...rest }) => ({ ...rest, ...(path && { path: writePath(path, style) }) })),
});

export const writePath = ({ name, filter, part }: SentPath, style: Style): string =>
  writeName(name, style) + (filter ? `[${writeFilter(filter, { ...style, prefix: '' })}]` : '') + (part === undefined ? '' : `.${part}`);

const EXTERNAL_ID = COMMON_ATTRIBUTES.filter(({ name }) => name === 'externalId');

const attributesOf = ({ schema, extensions }: ResourceType): readonly Spot[] => [
  ...[...EXTERNAL_ID, ...schema.attributes].map((attribute) => ({ path: { name: attribute.name }, attribute })),
  ...extensions.flatMap((extension) =>
    extension.schema.attributes.map((attribute) => ({ path: { name: `${extension.schema.id}:${attribute.name}` }, attribute })),
  ),
];

const spots = (type: ResourceType): fc.Arbitrary<Spot> =>
  fc.constantFrom(...attributesOf(type)).chain((spot) => fc.oneof(...spotsAt(spot)));

/** The attribute as a whole, its parts, and what a filter selects of it. */
function spotsAt(spot: Spot): readonly fc.Arbitrary<Spot>[] {
  const { path, attribute } = spot;
  const parts = attribute.subAttributes ?? [];
  const whole = [fc.constant(spot), ...parts.map((sub) => fc.constant({ path: { name: `${path.name}.${sub.name}` }, attribute: sub }))];
  if (!attribute.multiValued || !parts.some(({ returned }) => returned !== 'never')) return whole;
  const selected = elementFilters(attribute).chain((filter) =>
    fc.constantFrom(
      { path: { ...path, filter }, attribute: { ...attribute, multiValued: false } },
      ...parts.map((sub) => ({ path: { ...path, filter, part: sub.name }, attribute: sub })),
    ),
  );
  return [...whole, selected, selected];
}

const verbs = fc.constantFrom('add', 'replace');

const operationAt = ({ path, attribute }: Spot): fc.Arbitrary<SentOperation> =>
  fc.oneof(
    { arbitrary: fc.record({ op: verbs, path: fc.constant(path), value: valueFor(attribute) }), weight: 4 },
    { arbitrary: fc.constant({ op: 'remove', path }), weight: 1 },
  );

/** What fits, in whole or in part, or nothing, or (seldom) anything. */
const valueFor = (attribute: Attribute): fc.Arbitrary<Json> =>
  fc.oneof(
    { arbitrary: anyValue(attribute), weight: 6 },
    { arbitrary: anyValue(inPart(attribute)), weight: 3 },
    { arbitrary: fc.constantFrom<Json>(null, [], {}, [{}], { nothing: 1 }, [{ nothing: null }]), weight: 1 },
    { arbitrary: garbage, weight: 1 },
  );

const inPart = ({ subAttributes, ...attribute }: Attribute): Attribute => ({
  ...attribute,
  ...(subAttributes && { subAttributes: subAttributes.map((sub) => ({ ...sub, required: false })) }),
});

const membersOf = (attributes: readonly Attribute[]): fc.Arbitrary<JsonObject> =>
  fc
    .shuffledSubarray([...attributes], { maxLength: Math.min(2, attributes.length) })
    .chain((some) => fc.tuple(...some.map((attribute) => valueFor(attribute).map((value) => [attribute.name, value] as const))))
    .map((members): JsonObject => Object.fromEntries(members));

const pathless = ({ schema, extensions }: ResourceType): fc.Arbitrary<SentOperation> =>
  fc
    .tuple(verbs, membersOf(schema.attributes), fc.tuple(...extensions.map((extension) => membersOf(extension.schema.attributes))), garbage)
    .map(([op, core, ofExtensions, nothing]) => ({
      op,
      value: { ...core, ...Object.fromEntries(extensions.map(({ schema: { id } }, at) => [id, ofExtensions[at] ?? {}])), nothing },
    }));

const onExtension = ({ id, attributes }: Schema): fc.Arbitrary<SentOperation> => {
  const path = { name: id };
  const value = fc.oneof({ arbitrary: membersOf(attributes), weight: 4 }, fc.constant(null));
  return fc.oneof(fc.constant({ op: 'remove', path }), fc.record({ op: verbs, path: fc.constant(path), value }));
};

const SENSELESS: SentFilter = { kind: 'compare', name: 'value', op: 'gt', value: true };

/** What cannot be done, each for a reason of its own. */
const mistaken = ({ schema }: ResourceType): fc.Arbitrary<SentOperation> =>
  fc.constantFrom<SentOperation>(
    { op: 'Add', path: { name: 'externalId' }, value: 'a' },
    { op: 'move' },
    { op: 'remove' },
    { op: 'remove', value: {} },
    { op: 'add', value: 'a' },
    { op: 'add', path: { name: 'externalId' } },
    { op: 'replace', path: { name: 'id' }, value: '2' },
    { op: 'remove', path: { name: 'meta.created' } },
    { op: 'replace', value: { schemas: [] } },
    { op: 'add', path: { name: 'nothing' }, value: 1 },
    { op: 'add', path: { name: 'externalId.value' }, value: 1 },
    { op: 'add', path: { name: 'externalId', filter: SENSELESS }, value: 1 },
    ...schema.attributes.map(({ name }) => ({ op: 'replace', path: { name, filter: SENSELESS }, value: 1 })),
    ...schema.attributes.map(({ name }) => ({ op: 'replace', path: { name: `${name}.nothing` }, value: 1 })),
  );
