import * as z from 'zod/mini';
import { ScimError } from './errors.ts';
import type { Filter } from './filter/ast.ts';
import { parseFilter } from './filter/parse.ts';
import type { JsonObject } from './json.ts';
import { type Projection, parseProjection } from './projection.ts';
import type { ResourceType } from './schema/resource-type.ts';

/** Resources in a page when the client does not say, and at most. */
export const DEFAULT_COUNT = 100;
export const MAX_COUNT = 200;

/** What a client asks of a collection (RFC 7644 §3.4.2). */
export type ListQuery = {
  readonly filter?: Filter;
  /** 1 or more. */
  readonly startIndex: number;
  /** 0 to `MAX_COUNT`; 0 asks for `totalResults` alone. */
  readonly count: number;
  readonly projection: Projection;
};

const integer = z.pipe(z.string().check(z.regex(/^\s*[+-]?\d{1,16}\s*$/, 'must be a whole number')), z.transform(Number));

const parametersSchema = z.object({
  filter: z.optional(z.string()),
  startIndex: z.optional(integer),
  count: z.optional(integer),
  attributes: z.optional(z.string()),
  excludedAttributes: z.optional(z.string()),
});

const PARAMETERS = Object.keys(parametersSchema.shape);

/**
 * Reads the query of a GET; parameters it does not know are passed over.
 *
 * Names are matched whatever their case: Entra ID sends `startindex`. A startIndex below 1 means 1, a negative count 0
 * (RFC 7644 §3.4.2.4).
 *
 * @throws {ScimError} invalidValue — startIndex or count is no whole number; invalidFilter
 */
export function parseListQuery(type: ResourceType, parameters: ReadonlyMap<string, string>): ListQuery {
  const known = [...parameters].map(([sent, value]) => [
    PARAMETERS.find((name) => name.toLowerCase() === sent.toLowerCase()) ?? sent,
    value,
  ]);
  const { attributes, excludedAttributes, ...asked } = accept(parametersSchema, Object.fromEntries(known));
  return listQuery(type, asked, parseProjection(type, attributes, excludedAttributes));
}

const text = z.optional(z.string('must be a string'));
const names = z.optional(z.array(z.string('must be a string'), 'must be a list of attribute names'));
const wholeNumber = z.optional(z.int('must be a whole number'));

/** The body of `POST …/.search` (RFC 7644 §3.4.3). */
const searchRequestSchema = z.object({
  filter: text,
  startIndex: wholeNumber,
  count: wholeNumber,
  attributes: names,
  excludedAttributes: names,
});

/** @throws {ScimError} invalidValue, invalidFilter */
export function parseSearchRequest(type: ResourceType, body: JsonObject): ListQuery {
  const { attributes, excludedAttributes, ...asked } = accept(searchRequestSchema, body);
  return listQuery(type, asked, parseProjection(type, attributes?.join(), excludedAttributes?.join()));
}

type Asked = {
  readonly filter?: string | undefined;
  readonly startIndex?: number | undefined;
  readonly count?: number | undefined;
};

function listQuery(type: ResourceType, { filter, startIndex = 1, count = DEFAULT_COUNT }: Asked, projection: Projection): ListQuery {
  return {
    ...(filter !== undefined && { filter: parseFilter(filter, type) }),
    startIndex: Math.max(1, startIndex),
    count: Math.min(MAX_COUNT, Math.max(0, count)),
    projection,
  };
}

function accept<Shape extends z.core.$ZodType>(schema: Shape, input: unknown): z.core.output<Shape> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ScimError('invalidValue', `${issue?.path.join('.')}: ${issue?.message}`);
}
