import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderSchema } from '../../../src/scim/discovery.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import { applyFile } from '../../../src/scim/schema/custom/apply-file.ts';
import { buildRegistry } from '../../../src/scim/schema/custom/build-registry.ts';
import { checkCustomization } from '../../../src/scim/schema/custom/check.ts';
import { compare } from '../../../src/scim/schema/custom/compare.ts';
import { NO_CUSTOMIZATION } from '../../../src/scim/schema/custom/customization.ts';
import { parseSchemaFile } from '../../../src/scim/schema/custom/parse.ts';
import { printCustomization, readCustomization } from '../../../src/scim/schema/custom/print.ts';
import { findPath, topLevelPaths } from '../../../src/scim/schema/lookup.ts';
import { REGISTRY, USER } from '../../../src/scim/schema/resource-types.ts';

const KEYS = [
  'schemas',
  'id',
  'name',
  'attributes',
  'subAttributes',
  'type',
  'required',
  'multiValued',
  'mutability',
  'returned',
  'uniqueness',
  'endpoint',
  'schema',
  'schemaExtensions',
  'Resources',
  'referenceTypes',
  'canonicalValues',
  '__proto__',
];
const WORDS = [
  'string',
  'complex',
  'reference',
  'readOnly',
  'never',
  'server',
  'User',
  '/Devices',
  'urn:example:extension:a:User',
  'a',
  '',
];

/** What looks like a schema file, and mostly is none. */
const { like } = fc.letrec((tie) => ({
  like: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(fc.constantFrom<unknown>(...WORDS, null, true, false, 0, 1.5), fc.string()),
    fc.array(tie('like'), { maxLength: 3 }),
    fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...KEYS) }, fc.string()), tie('like'), { maxKeys: 6 }),
  ),
}));

const name = fc.stringMatching(/^[a-z][a-zA-Z0-9$_-]{0,9}$/);
const simple = fc.record(
  {
    name,
    type: fc.constantFrom('string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'),
    description: fc.string({ unit: fc.constantFrom('a', 'ä', '"', '\\', '😀', ' ') }),
    multiValued: fc.boolean(),
    required: fc.boolean(),
    caseExact: fc.boolean(),
    mutability: fc.constantFrom('readWrite', 'immutable', 'readOnly', 'writeOnly'),
    returned: fc.constantFrom('default', 'always', 'request', 'never'),
    uniqueness: fc.constantFrom('none', 'none', 'server', 'global'),
    canonicalValues: fc.array(name, { maxLength: 2 }),
    referenceTypes: fc.array(fc.constantFrom('User', 'external'), { maxLength: 2 }),
  },
  { requiredKeys: ['name'] },
);
const complex = fc
  .tuple(simple, fc.uniqueArray(simple, { selector: (sub) => sub.name.toLowerCase(), minLength: 1, maxLength: 3 }))
  .map(([attribute, subAttributes]) => ({ ...attribute, type: 'complex', uniqueness: 'none', subAttributes }));

/** A schema file that may well be one. */
const schemaFile = fc.record({
  id: name.map((word) => `urn:example:extension:${word}:User`),
  attributes: fc.uniqueArray(fc.oneof(simple, complex), {
    selector: (attribute) => attribute.name.toLowerCase(),
    minLength: 1,
    maxLength: 4,
  }),
});

type Characteristics = {
  readonly type?: string;
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly mutability?: string;
  readonly returned?: string;
  readonly uniqueness?: string;
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
};

/** Leaves what goes together as it is, and anything else out: of what is drawn at random, one file in seventy would be accepted. */
function consistent<Drawn extends Characteristics>(drawn: Drawn, isSub: boolean): Drawn {
  const { type = 'string', mutability, returned, canonicalValues, referenceTypes, multiValued, ...others } = drawn;
  const isKept = type === 'string' || type === 'reference';
  const isWriteOnly = mutability === 'writeOnly';
  const isUnsendable = isWriteOnly || mutability === 'readOnly';
  const isUnread = mutability === 'readOnly' && returned === 'never';
  const mayBeUnique = isKept && !isSub && !multiValued && !isWriteOnly && returned !== 'never';
  return {
    ...drawn,
    ...(canonicalValues && !isKept && { canonicalValues: undefined }),
    ...(referenceTypes && type !== 'reference' && { referenceTypes: undefined }),
    ...(others.required && isUnsendable && { required: false }),
    ...(isWriteOnly ? { returned: 'never' } : isUnread && { returned: 'request' }),
    ...(!mayBeUnique && { uniqueness: 'none' }),
  };
}

const acceptableFile = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9.-]{0,9}$/), schemaFile)
  .map(([word, { attributes }]) => ({
    id: `urn:example:extension:${word}:User`,
    attributes: attributes.map((attribute) => ({
      ...consistent(attribute, false),
      ...('subAttributes' in attribute && { subAttributes: attribute.subAttributes.map((sub) => consistent(sub, true)) }),
    })),
  }))
  .map((file): unknown => JSON.parse(JSON.stringify(file)));

/** The outcome, or undefined for a refusal; anything else that is thrown is a bug. */
function judged<Result>(judge: () => Result): Result | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof ScimError && error.kind === 'invalidValue' && error.message !== '') return undefined;
    throw error;
  }
}

const customizationOf = (file: unknown) => judged(() => applyFile(REGISTRY, NO_CUSTOMIZATION, parseSchemaFile(file), {}));

describe('any JSON', () => {
  it.each([
    ['whatever it is', fc.jsonValue()],
    ['like a schema', like],
    ['that may well be a schema', schemaFile],
  ])('%s gives a customization or a refusal', (_title, file) => {
    fc.assert(
      fc.property(file, (document) => {
        const customization = customizationOf(JSON.parse(JSON.stringify(document)));
        if (customization === undefined) return;

        expect(checkCustomization(REGISTRY, customization)).toEqual(expect.any(Array));
        expect(readCustomization(printCustomization(customization))).toEqual(customization);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('any schema that is accepted', () => {
  const accepted = acceptableFile.map(customizationOf).filter((customization) => customization !== undefined);

  it('comes back from what /Schemas renders of it', () => {
    fc.assert(
      fc.property(accepted, ({ schemas }) => {
        const [schema] = schemas;

        expect(schema && parseSchemaFile(renderSchema(schema, 'https://example.com')).schemas[0]?.part).toEqual(schema);
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes each of its attributes known under its URN, and changes nothing when it is applied again', () => {
    fc.assert(
      fc.property(accepted, (customization) => {
        const [user = USER] = buildRegistry(REGISTRY, customization);
        const paths = customization.schemas.flatMap(({ id, attributes }) => attributes.map((attribute) => `${id}:${attribute.name}`));

        expect(paths.map((path) => findPath(user, path.toUpperCase())?.name)).toEqual(paths);
        expect(topLevelPaths(user).length).toBe(topLevelPaths(USER).length + paths.length);
        expect(compare(REGISTRY, customization, customization)).toEqual({ after: customization, concerns: [] });
      }),
      { numRuns: 500 },
    );
  });
});
