import { COMPARISONS } from '../../src/scim/filter/ast.ts';
import type { Attribute, AttributeType } from '../../src/scim/schema/attribute.ts';
import { type AttributePath, topLevelPaths } from '../../src/scim/schema/lookup.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import type { Random } from '../support/random.ts';

type Name = { readonly name: string; readonly attribute: Attribute };

const MAX_DEPTH = 5;
const TEXTS = ['""', '"a"', '"Work"', '"ä😀"', '"\\u0041\\"\\\\"', `"${'long '.repeat(40)}"`, 'null'];
const NUMBERS = ['0', '-1.5e3', '42', '0.1', '9007199254740991'];

/** What a type can be compared with, and how (RFC 7644 §3.4.2.2). */
const COMPARED: Readonly<
  Record<Exclude<AttributeType, 'complex'>, { readonly ops: readonly string[]; readonly literals: readonly string[] }>
> = {
  string: { ops: COMPARISONS, literals: TEXTS.slice(0, -1) },
  reference: { ops: COMPARISONS, literals: TEXTS.slice(0, -1) },
  boolean: { ops: ['eq', 'ne'], literals: ['true', 'FALSE', '"True"', 'null'] },
  integer: { ops: ['eq', 'ne', 'gt', 'ge', 'lt', 'le'], literals: NUMBERS },
  decimal: { ops: ['eq', 'ne', 'gt', 'ge', 'lt', 'le'], literals: NUMBERS },
  dateTime: { ops: COMPARISONS, literals: ['"2011-05-13T04:42:34Z"', '"2011-05-13T06:42:34.1234567+02:00"'] },
  binary: { ops: ['eq', 'ne'], literals: TEXTS },
};

const isReturned = ({ returned }: Attribute): boolean => returned !== 'never';

const partsOf = ({ name, attribute }: AttributePath): readonly Name[] =>
  attribute.subAttributes?.filter(isReturned).map((sub) => ({ name: `${name}.${sub.name}`, attribute: sub })) ?? [];

const topOf = (type: ResourceType): readonly AttributePath[] => topLevelPaths(type).filter(({ attribute }) => isReturned(attribute));

const leavesOf = (type: ResourceType): readonly Name[] =>
  topOf(type).flatMap((path) => (path.attribute.type === 'complex' ? partsOf(path) : [path]));

const spelled = (text: string, random: Random): string => (random.chance(0.2) ? text.toUpperCase() : text);

function term({ name, attribute: { type } }: Name, random: Random): string {
  const spelling = spelled(name, random);
  if (type === 'complex' || random.chance(0.15)) return `${spelling} ${spelled('pr', random)}`;
  const { ops, literals } = COMPARED[type];
  return `${spelling} ${spelled(random.pick(ops), random)} ${random.pick(literals)}`;
}

function combined(one: () => string, depth: number, random: Random): string {
  const inner = (): string => combined(one, depth - 1, random);
  if (depth === 0 || random.chance(0.3)) return one();
  if (random.chance(0.25)) return `${spelled('not', random)} (${inner()})`;
  return random.chance(0.5) ? `(${inner()}) and (${inner()})` : `${inner()} or ${inner()}`;
}

function valuePath(type: ResourceType, random: Random): string {
  const { name, attribute } = random.pick(topOf(type).filter(({ attribute }) => attribute.subAttributes?.some(isReturned)));
  return `${name}[${elementFilter(attribute, random)}]`;
}

function elementFilter({ subAttributes = [] }: Attribute, random: Random): string {
  const names = subAttributes.filter(isReturned).map((attribute) => ({ name: attribute.name, attribute }));
  return combined(() => term(random.pick(names), random), 2, random);
}

/** Any filter on a resource of this type. */
export function validFilter(type: ResourceType, random: Random): string {
  const leaves = leavesOf(type);
  return combined(() => (random.chance(0.2) ? valuePath(type, random) : term(random.pick(leaves), random)), MAX_DEPTH, random);
}

/** Any PATCH path into a resource of this type. */
export function validPath(type: ResourceType, random: Random): string {
  const path = random.pick(topLevelPaths(type));
  const { attribute } = path;
  const part = (): string => random.pick(attribute.subAttributes ?? []).name;
  if (attribute.subAttributes === undefined || random.chance(0.2)) return spelled(path.name, random);
  if (!attribute.multiValued || !attribute.subAttributes.some(isReturned)) return `${path.name}.${part()}`;
  return `${path.name}[${elementFilter(attribute, random)}]${random.chance(0.5) ? `.${part()}` : ''}`;
}
