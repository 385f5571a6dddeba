import type { Attribute } from '../attribute.ts';
import { isUnique } from './customization.ts';
import { knownWords } from './known-words.ts';
import { attributeNameFault, subAttributeNameFault } from './names.ts';

/** A mistake, and the way to it from the top of the document. */
export type Finding = { readonly path: readonly (string | number)[]; readonly message: string };

type Rule = {
  readonly key: keyof Attribute;
  readonly isBroken: (attribute: Attribute) => boolean;
  readonly message: string;
};

const KEPT_TYPES: readonly string[] = ['string', 'reference'];

/** What the characteristics of one attribute have to do with each other (RFC 7643 §2.2, §7). */
const RULES: readonly Rule[] = [
  {
    key: 'subAttributes',
    isBroken: ({ type, subAttributes }) => type === 'complex' && subAttributes === undefined,
    message: 'a complex attribute is made of sub-attributes; list at least one',
  },
  {
    key: 'required',
    isBroken: ({ mutability, required }) => mutability === 'readOnly' && required,
    message: 'no client can send what is readOnly; set required to false',
  },
  {
    key: 'required',
    isBroken: ({ mutability, required }) => mutability === 'writeOnly' && required,
    message: 'a value that is writeOnly is accepted and not kept, so it cannot be required; set required to false',
  },
  {
    key: 'returned',
    isBroken: ({ mutability, returned }) => mutability === 'writeOnly' && returned !== 'never',
    message: 'what is writeOnly is not returned (RFC 7643 §7); set returned to "never"',
  },
  {
    key: 'returned',
    isBroken: ({ mutability, returned }) => mutability === 'readOnly' && returned === 'never',
    message: 'nobody could write or read it; choose another returned, or another mutability',
  },
  {
    key: 'canonicalValues',
    isBroken: ({ type, canonicalValues }) => canonicalValues !== undefined && !KEPT_TYPES.includes(type),
    message: 'only strings and references have canonical values; leave them out',
  },
  {
    key: 'referenceTypes',
    isBroken: ({ type, referenceTypes }) => referenceTypes !== undefined && type !== 'reference',
    message: 'only a reference has referenceTypes (RFC 7643 §7); leave them out, or set type to "reference"',
  },
];

/** What uniqueness asks of an attribute: each of its values is a key by which one resource is found. */
const UNIQUE_RULES: readonly Rule[] = [
  {
    key: 'uniqueness',
    isBroken: ({ type }) => !KEPT_TYPES.includes(type),
    message: 'only strings and references can be unique here; set uniqueness to "none", or type to "string"',
  },
  {
    key: 'uniqueness',
    isBroken: ({ mutability }) => mutability === 'writeOnly',
    message: 'a value that is writeOnly is not kept, so it cannot be unique; set uniqueness to "none"',
  },
  {
    key: 'uniqueness',
    isBroken: ({ returned }) => returned === 'never',
    message: 'a refusal would tell that a value exists that is never returned; set uniqueness to "none"',
  },
];

const broken = (rules: readonly Rule[], attribute: Attribute): readonly Finding[] =>
  rules.filter(({ isBroken }) => isBroken(attribute)).map(({ key, message }) => ({ path: [key], message }));

/** Finds what is wrong with an attribute at the top of a schema. */
export function checkAttribute(attribute: Attribute): readonly Finding[] {
  const { name, uniqueness, multiValued, subAttributes = [] } = attribute;
  return [
    ...named(attributeNameFault(name)),
    ...broken(RULES, attribute),
    ...(isUnique(attribute) ? broken(UNIQUE_RULES, attribute) : []),
    ...(multiValued && uniqueness !== 'none' ? [SEVERAL_UNIQUE] : []),
    ...checkElements(attribute),
    ...under('subAttributes', subAttributes.map(checkSubAttribute)),
    ...duplicates('subAttributes', subAttributes),
  ];
}

const SEVERAL_UNIQUE: Finding = {
  path: ['uniqueness'],
  message: 'an attribute with several values cannot be unique here; set uniqueness to "none", or multiValued to false',
};

function checkSubAttribute(sub: Attribute): readonly Finding[] {
  return [
    ...named(subAttributeNameFault(sub.name)),
    ...(sub.type === 'complex' ? [NESTED] : broken(RULES, sub)),
    ...(sub.uniqueness === 'none' ? [] : [PARTLY_UNIQUE]),
  ];
}

const NESTED: Finding = { path: ['type'], message: 'a sub-attribute cannot be complex itself (RFC 7643 §2.3.8)' };
const PARTLY_UNIQUE: Finding = { path: ['uniqueness'], message: 'only an attribute as a whole can be unique here; set it to "none"' };

/** Sub-attributes that say how a value is used, not what it is (RFC 7643 §2.4): an element with nothing else is dropped. */
const LABELS: readonly string[] = ['type', 'primary'];

function checkElements({ type, multiValued, subAttributes }: Attribute): readonly Finding[] {
  if (type !== 'complex' || !multiValued || subAttributes === undefined) return [];
  const onlyLabels = subAttributes.every(({ name }) => LABELS.includes(name));
  const primary = subAttributes.findIndex((sub) => sub.name === 'primary' && (sub.type !== 'boolean' || sub.multiValued));
  return [
    ...(onlyLabels ? [{ path: ['subAttributes'], message: 'one of them must hold the value itself, beside "type" and "primary"' }] : []),
    ...(primary < 0
      ? []
      : [{ path: ['subAttributes', primary, 'type'], message: '"primary" is true or false (RFC 7643 §2.4); set type to "boolean"' }]),
  ];
}

const named = (fault: string | undefined): readonly Finding[] => (fault === undefined ? [] : [{ path: ['name'], message: fault }]);

export const under = (key: string, findings: readonly (readonly Finding[])[]): readonly Finding[] =>
  findings.flatMap((each, index) => each.map(({ path, message }) => ({ path: [key, index, ...path], message })));

/** RFC 7643 §2.1: names are the same whatever their case. */
export function duplicates(key: string, attributes: readonly Attribute[]): readonly Finding[] {
  const names = attributes.map(({ name }) => name.toLowerCase());
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: [key, index, 'name'], message: 'another one has this name, whatever its case; choose another' }]
      : [],
  );
}

/** Finds types that do not exist among those a reference may be to. */
export function checkReferences({ referenceTypes = [], subAttributes = [] }: Attribute, types: readonly string[]): readonly Finding[] {
  const known = ['external', 'uri', ...types];
  return [
    ...referenceTypes.flatMap((name, index) =>
      known.includes(name)
        ? []
        : [{ path: ['referenceTypes', index], message: `no resource type has this name${knownWords(name, known)}` }],
    ),
    ...under(
      'subAttributes',
      subAttributes.map((sub) => checkReferences(sub, types)),
    ),
  ];
}
