import fc from 'fast-check';
import type { Attribute } from '../../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';

/** Few attributes of a resource type, so that a resource and what is asked of it have something in common. */
export const parts = (type: ResourceType): fc.Arbitrary<ResourceType> =>
  fc
    .tuple(someOf(type.schema.attributes, 3), fc.tuple(...type.extensions.map(({ schema }) => someOf(schema.attributes, 2))))
    .map(([attributes, ofExtensions]) => ({
      ...type,
      schema: { ...type.schema, attributes },
      extensions: type.extensions.map((extension, at) => ({
        ...extension,
        schema: { ...extension.schema, attributes: ofExtensions[at] ?? [] },
      })),
    }));

const someOf = (attributes: readonly Attribute[], maxLength: number): fc.Arbitrary<readonly Attribute[]> => {
  const others = attributes.filter((attribute) => !isNeeded(attribute));
  return fc
    .shuffledSubarray(others, { minLength: Math.min(1, others.length), maxLength: Math.min(maxLength, others.length) })
    .chain((some) => fc.tuple(...[...attributes.filter(isNeeded), ...some].map(withFewParts)));
};

/** What must be there, or means something of its own. */
const isNeeded = ({ name, required }: Attribute): boolean => required || name === 'value' || name === 'primary' || name === 'type';

const withFewParts = (attribute: Attribute): fc.Arbitrary<Attribute> =>
  attribute.subAttributes === undefined
    ? fc.constant(attribute)
    : someOf(attribute.subAttributes, 3).map((subAttributes) => ({ ...attribute, subAttributes }));
