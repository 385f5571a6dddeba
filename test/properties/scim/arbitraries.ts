import fc from 'fast-check';
import { COMPARISONS, type Filter } from '../../../src/scim/filter/ast.ts';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import type { Attribute } from '../../../src/scim/schema/attribute.ts';
import { ENTERPRISE_USER_SCHEMA } from '../../../src/scim/schema/enterprise-user.ts';
import { type AttributePath, findSubAttribute, subPath, topLevelPaths } from '../../../src/scim/schema/lookup.ts';
import { USER } from '../../../src/scim/schema/resource-types.ts';

const leaves = topLevelPaths(USER).flatMap((path) =>
  path.attribute.type === 'complex' ? (path.attribute.subAttributes ?? []).map((sub) => subPath(path, sub)) : [path],
);
const texts = leaves.filter((path) => typeOf(path) === 'string' && path.attribute.returned !== 'never');
const lists = topLevelPaths(USER).filter(({ attribute }) => attribute.type === 'complex' && attribute.multiValued);

function typeOf({ attribute, subAttribute }: AttributePath): Attribute['type'] {
  return (subAttribute ?? attribute).type;
}

/** Words that can be looked for and found. */
const word = fc.constantFrom('', 'a', 'A', 'ab', 'work', 'ä', 'a b', '"', '\\', 'ＡＢ', '😀');

const comparison = (paths: readonly AttributePath[]): fc.Arbitrary<Filter> =>
  fc.record({ kind: fc.constant('compare' as const), path: fc.constantFrom(...paths), op: fc.constantFrom(...COMPARISONS), value: word });

const presence = (paths: readonly AttributePath[]): fc.Arbitrary<Filter> =>
  fc.record({ kind: fc.constant('present' as const), path: fc.constantFrom(...paths) });

const textParts = ({ attribute }: AttributePath): readonly AttributePath[] =>
  (attribute.subAttributes ?? []).filter(({ type }) => type === 'string').map((sub) => ({ name: sub.name, attribute: sub }));

const valuePath: fc.Arbitrary<Filter> = fc.constantFrom(...lists).chain((path) =>
  combined(fc.oneof(comparison(textParts(path)), presence(textParts(path))), 2).map((filter) => ({
    kind: 'valuePath' as const,
    path,
    filter,
  })),
);

function combined(term: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> {
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth, withCrossShrink: true },
      term,
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('filter'), right: tie('filter') }),
      fc.record({ kind: fc.constant('not' as const), operand: tie('filter') }),
    ),
  }));
  return filter;
}

/** Any filter on a user that compares texts. */
export const filters = combined(fc.oneof(comparison(texts), presence(texts), valuePath), 4);

/** What looks like a filter, and mostly is none. */
export const filterLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'userName',
        'emails',
        '.value',
        'type',
        'meta.created',
        'active',
        '__proto__',
        'urn:ietf:params:scim',
        'not',
        'and',
        'or',
      ),
      fc.constantFrom(
        '(',
        ')',
        '[',
        ']',
        'eq',
        'co',
        'pr',
        'gt',
        '"a"',
        '"',
        '"2011-05-13T04:42:34Z"',
        'true',
        'null',
        '1',
        '-1.5e3',
        '.',
        '\\',
      ),
      fc.string({ maxLength: 3, unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .chain((parts) => fc.constantFrom(' ', '').map((separator) => parts.join(separator)));

/** fast-check leaves keys out, its types say they may be undefined. */
const asJson = (value: object): JsonObject => ({ ...value });

const leafValue = ({ type, name }: Attribute): fc.Arbitrary<Json> => {
  if (type === 'boolean') return name === 'primary' ? fc.constant(false) : fc.boolean();
  return type === 'binary' ? fc.constantFrom('QUI=', 'QQ==') : fc.constantFrom('a', 'A', 'ab', 'work', 'ä');
};

const complexValue = ({ subAttributes = [] }: Attribute): fc.Arbitrary<JsonObject> => {
  const parts = subAttributes.filter(({ mutability }) => mutability !== 'readOnly').map((sub) => [sub.name, leafValue(sub)] as const);
  return fc.record(Object.fromEntries(parts), { requiredKeys: [] }).map(asJson);
};

const anyValue = (attribute: Attribute): fc.Arbitrary<Json> => {
  const single = attribute.type === 'complex' ? complexValue(attribute) : leafValue(attribute);
  return attribute.multiValued ? fc.array(single, { maxLength: 3 }) : single;
};

const written = topLevelPaths(USER).filter(({ attribute: { mutability } }) => mutability === 'readWrite');

const attributesOf = (isCore: boolean): fc.Arbitrary<JsonObject> =>
  fc
    .record(
      Object.fromEntries(
        written
          .filter(({ extension }) => (extension === undefined) === isCore)
          .map(({ attribute }) => [attribute.name, anyValue(attribute)]),
      ),
      { requiredKeys: [] },
    )
    .map(asJson);

/** The body of a POST: any attributes with plain values. */
export const bodies: fc.Arbitrary<JsonObject> = fc
  .tuple(attributesOf(true), attributesOf(false))
  .map(([core, values]) => ({ ...core, userName: 'bjensen', schemas: [USER.schema.id], [ENTERPRISE_USER_SCHEMA.id]: values }));

const target: fc.Arbitrary<{ readonly path: string; readonly attribute: Attribute }> = fc.constantFrom(
  ...written.map(({ name, attribute }) => ({ path: name, attribute })),
  ...written.flatMap(({ name, attribute }) =>
    (attribute.multiValued ? ['type', 'value'] : []).flatMap((part) => {
      const sub = findSubAttribute(attribute, part);
      return sub
        ? [
            { path: `${name}[type eq "work"].${part}`, attribute: sub },
            { path: `${name}[${part} pr].${part}`, attribute: sub },
          ]
        : [];
    }),
  ),
);

/** One operation of a PATCH whose value fits its path. */
export const operations: fc.Arbitrary<JsonObject> = target.chain(({ path, attribute }) =>
  fc.oneof(
    anyValue(attribute).chain((value) => fc.constantFrom('add', 'replace', 'Replace').map((op) => ({ op, path, value }))),
    fc.constant({ op: 'remove', path }),
    anyValue(attribute).map((value) => ({ op: 'replace', value: { [path]: value } })),
  ),
);

/** What might be sent instead of a value, a path, or a whole body. */
export const garbage: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
