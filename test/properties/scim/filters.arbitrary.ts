import fc from 'fast-check';
import { COMPARISONS, type Comparison, type Literal } from '../../../src/scim/filter/ast.ts';
import type { Attribute } from '../../../src/scim/schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../../../src/scim/schema/common-attributes.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { isComparable } from '../../support/scim-model-compare.ts';
import type { SentFilter } from '../../support/scim-model-filter.ts';
import { attributeNamed } from '../../support/scim-model-schema.ts';
import { leafValue } from './values.arbitrary.ts';

/** An attribute by the name a client asks for it. */
type Name = { readonly name: string; readonly attribute: Attribute };

const isReturned = ({ returned }: Attribute): boolean => returned !== 'never';

const partsOf = ({ name, attribute }: Name): readonly Name[] =>
  attribute.subAttributes?.filter(isReturned).map((sub) => ({ name: `${name}.${sub.name}`, attribute: sub })) ?? [];

/** All attributes that may be asked for. */
const namesOf = ({ schema, extensions }: ResourceType): readonly Name[] =>
  [
    ...[...COMMON_ATTRIBUTES, ...schema.attributes].map((attribute) => ({ name: attribute.name, attribute })),
    ...extensions.flatMap((extension) =>
      extension.schema.attributes.map((attribute) => ({ name: `${extension.schema.id}:${attribute.name}`, attribute })),
    ),
  ].filter(({ attribute }) => isReturned(attribute));

const withParts = (names: readonly Name[]): readonly Name[] => names.flatMap((each) => [each, ...partsOf(each)]);

/** A complex attribute is compared by its `value`. */
const comparedBy = (attribute: Attribute): Attribute =>
  attribute.type === 'complex' ? (attributeNamed(attribute.subAttributes, 'value') ?? attribute) : attribute;

const literalFor = (attribute: Attribute): fc.Arbitrary<Literal> =>
  fc.oneof({ arbitrary: leafValue(attribute), weight: 8 }, fc.constantFrom(null, 'True', 'a', 1, -1e3));

/** A comparison that makes sense. */
const comparison = ({ name, attribute }: Name): fc.Arbitrary<SentFilter> => {
  const compared = comparedBy(attribute);
  const fitting = (value: Literal): readonly Comparison[] => COMPARISONS.filter((op) => isComparable(compared, op, value));
  return literalFor(compared)
    .filter((value) => fitting(value).length > 0)
    .chain((value) => fc.constantFrom(...fitting(value)).map((op) => ({ kind: 'compare' as const, name, op, value })));
};

const presence = ({ name }: Name): fc.Arbitrary<SentFilter> => fc.constant({ kind: 'present' as const, name });

const term = (names: readonly Name[]): fc.Arbitrary<SentFilter> => {
  const compared = names.filter(({ attribute }) => comparedBy(attribute).type !== 'complex');
  return fc.oneof(
    { arbitrary: fc.constantFrom(...compared).chain(comparison), weight: 4 },
    { arbitrary: fc.constantFrom(...names).chain(presence), weight: 1 },
  );
};

function combined(terms: fc.Arbitrary<SentFilter>, maxDepth: number): fc.Arbitrary<SentFilter> {
  const { filter } = fc.letrec<{ filter: SentFilter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth, withCrossShrink: true },
      terms,
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('filter'), right: tie('filter') }),
      fc.record({ kind: fc.constant('not' as const), operand: tie('filter') }),
    ),
  }));
  return filter;
}

/** What may stand between the brackets of a value path. */
export const elementFilters = ({ subAttributes = [] }: Attribute): fc.Arbitrary<SentFilter> =>
  combined(term(subAttributes.filter(isReturned).map((attribute) => ({ name: attribute.name, attribute }))), 1);

const valuePath = (names: readonly Name[]): fc.Arbitrary<SentFilter> =>
  fc
    .constantFrom(...names.filter(({ attribute }) => attribute.subAttributes?.some(isReturned)))
    .chain(({ name, attribute }) => elementFilters(attribute).map((filter) => ({ kind: 'valuePath' as const, name, filter })));

/** Any filter that makes sense on a resource of this type. */
export const filters = (type: ResourceType): fc.Arbitrary<SentFilter> => {
  const names = namesOf(type);
  return combined(fc.oneof({ arbitrary: term(withParts(names)), weight: 3 }, { arbitrary: valuePath(names), weight: 1 }), 3);
};

/** A single question, which mostly makes no sense: any name, any operator, anything to compare with. */
export const questions = (type: ResourceType): fc.Arbitrary<SentFilter> => {
  const name = fc.constantFrom(...withParts([...namesOf(type), ...secretsOf(type)]).map((each) => each.name), 'nothing', 'name.nothing');
  const value = fc.constantFrom<Literal>('a', 'true', 'FALSE', true, 1, -0.5, null, '2011-05-13T04:42:34Z', 'QQ==');
  const compare = fc.record({ kind: fc.constant('compare' as const), name, op: fc.constantFrom(...COMPARISONS), value });
  const present = fc.record({ kind: fc.constant('present' as const), name });
  const inside: fc.Arbitrary<SentFilter> = fc.constantFrom({ kind: 'present', name: 'value' }, { kind: 'present', name: 'part' });
  return fc.oneof(compare, present, fc.record({ kind: fc.constant('valuePath' as const), name, filter: inside }));
};

const secretsOf = ({ schema }: ResourceType): readonly Name[] =>
  schema.attributes
    .filter(({ returned }) => returned === 'never')
    .flatMap((attribute) =>
      [attribute, ...(attribute.subAttributes ?? [])].map((each) => ({
        name: each === attribute ? each.name : `${attribute.name}.${each.name}`,
        attribute: each,
      })),
    );
