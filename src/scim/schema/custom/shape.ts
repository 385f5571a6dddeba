import * as z from 'zod/mini';
import { lazily } from '../../lazily.ts';
import { quoted } from '../suggest.ts';
import { knownWords } from './known-words.ts';
import { MAX_ATTRIBUTES, MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH, MAX_SUB_ATTRIBUTES, MAX_URN_LENGTH, MAX_WORDS } from './limits.ts';

/** What a schema or resource type looks like as JSON, before anything is made of it; null is as good as left out. */

const PLAIN = 'must be text without control characters';
const text = (longest: number) =>
  z.string(PLAIN).check(
    z.maxLength(longest, `must have at most ${longest} characters`),
    z.refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), PLAIN),
  );

const NONE_OF_THEIR_OWN = 'sub-attributes have no sub-attributes of their own (RFC 7643 §2.3.8); make it an attribute';

const word = () => z.string('must be a string').check(z.minLength(1, 'must not be empty'));
const urn = () => z.string(`must be a URN of at most ${MAX_URN_LENGTH} characters`);
const flag = () => z.nullish(z.boolean('must be true or false'));
const few = (limit: number, noun: string) => z.maxLength(limit, `must list at most ${limit} ${noun}`);

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.nullish(
    z.enum(words, {
      error: ({ input }) =>
        typeof input === 'string'
          ? `knows no${quoted(input) || ' such word'}${knownWords(input, words)}`
          : `must be one of ${words.join(', ')}`,
    }),
  );

const words = (noun: string) =>
  z.nullish(
    z.array(text(MAX_NAME_LENGTH).check(z.minLength(1, 'must not be empty')), `must be a list of ${noun}`).check(few(MAX_WORDS, noun)),
  );

const characteristics = () => ({
  name: word(),
  type: oneOf(['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary', 'complex']),
  multiValued: flag(),
  description: z.nullish(text(MAX_DESCRIPTION_LENGTH)),
  required: flag(),
  canonicalValues: words('strings'),
  caseExact: flag(),
  mutability: oneOf(['readWrite', 'readOnly', 'immutable', 'writeOnly']),
  returned: oneOf(['default', 'always', 'never', 'request']),
  uniqueness: oneOf(['none', 'server', 'global']),
  referenceTypes: words('names of resource types'),
});

const subAttributeShape = () =>
  z.strictObject(
    { ...characteristics(), subAttributes: z.nullish(z.array(z.unknown(), NONE_OF_THEIR_OWN).check(z.maxLength(0, NONE_OF_THEIR_OWN))) },
    'must be an object',
  );

const attributeShape = () =>
  z.strictObject(
    {
      ...characteristics(),
      subAttributes: z.nullish(z.array(subAttributeShape(), 'must be a list').check(few(MAX_SUB_ATTRIBUTES, 'sub-attributes'))),
    },
    'must be an object',
  );

type AttributeShape = ReturnType<typeof attributeShape>;

/** RFC 7643 §7. `schemas` and `meta` say nothing that is not known. */
const schemaOf = (attribute: AttributeShape) =>
  z.strictObject({
    schemas: z.optional(z.unknown()),
    meta: z.optional(z.unknown()),
    id: urn(),
    name: z.nullish(text(MAX_NAME_LENGTH)),
    description: z.nullish(text(MAX_DESCRIPTION_LENGTH)),
    attributes: z
      .array(attribute, 'must be a list of attributes')
      .check(z.minLength(1, 'must have an attribute'), few(MAX_ATTRIBUTES, 'attributes')),
  });

/** RFC 7643 §6. */
const resourceType = () =>
  z.strictObject({
    schemas: z.optional(z.unknown()),
    meta: z.optional(z.unknown()),
    id: z.nullish(z.string('must be a string')),
    name: word(),
    description: z.nullish(text(MAX_DESCRIPTION_LENGTH)),
    endpoint: z.string('must be a path such as "/Devices"'),
    schema: urn(),
    schemaExtensions: z.nullish(
      z.array(
        z.strictObject({ schema: urn(), required: z.boolean('must be true or false') }, 'must be an object with schema and required'),
        'must be a list of schemas with required',
      ),
    ),
  });

/** Made when they are first needed: few directories have schemas of their own. */
const shapes = lazily(() => {
  const attribute = attributeShape();
  return { schema: schemaOf(attribute), resourceType: resourceType(), attribute };
});

export type RawAttribute = z.output<AttributeShape>;
export type RawSubAttribute = z.output<ReturnType<typeof subAttributeShape>>;

export const schemaShape = z.lazy(() => shapes().schema);
export const resourceTypeShape = z.lazy(() => shapes().resourceType);

/** Names of the members of what is written at a place of a document. */
export const keysOf = (place: 'schema' | 'resourceType' | 'attribute' | 'extension'): readonly string[] =>
  place === 'extension' ? ['schema', 'required'] : Object.keys(shapes()[place].shape);
