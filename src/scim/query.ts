import * as z from 'zod/mini';
import { ScimError } from './errors.ts';
import type { Filter } from './filter/ast.ts';
import { parseFilter } from './filter/parse.ts';
import type { JsonObject } from './json.ts';
import { lazily } from './lazily.ts';
import { type Projection, parseProjection } from './projection.ts';
import type { Registry, ResourceType } from './schema/resource-type.ts';
import { parseSort, type Sort } from './search/sort.ts';

/** Resources in a page when the client does not say, and at most. */
export const DEFAULT_COUNT = 100;
export const MAX_COUNT = 200;

/** A cursor is good for so long. */
export const CURSOR_TIMEOUT_SECONDS = 3_600;

/** Which part of a list is asked for. */
export type Paging = {
  /** 1 or more. */
  readonly startIndex: number;
  /** 0 to `MAX_COUNT`; 0 asks for `totalResults` alone. */
  readonly count: number;
  /** Where to go on (RFC 9865 §2), empty for the first page; absent where pages are asked for by `startIndex`. */
  readonly cursor?: string;
};

/** What a client asks of a collection (RFC 7644 §3.4.2). */
export type ListQuery = Paging & {
  readonly filter?: Filter;
  /** Absent where the order of ids will do. */
  readonly sort?: Sort;
  readonly projection: Projection;
};

const text = () => z.optional(z.string('must be a string'));
const names = () => z.optional(z.array(z.string('must be a string'), 'must be a list of attribute names'));
const common = () => ({ filter: text(), sortBy: text(), sortOrder: text(), cursor: text() });

const parametersSchema = lazily(() => {
  const integer = z.pipe(z.string().check(z.regex(/^\s*[+-]?\d{1,16}\s*$/, 'must be a whole number')), z.transform(Number));
  return z.object({
    ...common(),
    startIndex: z.optional(integer),
    count: z.optional(integer),
    attributes: text(),
    excludedAttributes: text(),
  });
});

/** The body of `POST …/.search` (RFC 7644 §3.4.3). */
const searchRequestSchema = lazily(() => {
  const wholeNumber = z.int('must be a whole number');
  return z.object({
    ...common(),
    startIndex: z.optional(wholeNumber),
    count: z.optional(wholeNumber),
    attributes: names(),
    excludedAttributes: names(),
  });
});

/**
 * Reads the query of a GET; parameters it does not know are passed over.
 *
 * Names are matched whatever their case: Entra ID sends `startindex`. A startIndex below 1 means 1, a negative count 0
 * (RFC 7644 §3.4.2.4, RFC 9865 §2). Where `types` are asked for at once, what only another of them has counts as unassigned.
 *
 * @throws {ScimError} invalidValue — a number, an order or an attribute to sort by is none; invalidFilter; invalidCount
 */
export function parseListQuery(type: ResourceType, parameters: ReadonlyMap<string, string>, types: Registry = [type]): ListQuery {
  const { attributes, excludedAttributes, ...asked } = accept(parametersSchema(), renamed(parameters, parametersSchema()));
  return listQuery({ type, types }, asked, parseProjection(type, attributes, excludedAttributes));
}

/**
 * What is null in the body counts as left out (RFC 7643 §2.5).
 *
 * @throws {ScimError} invalidValue, invalidFilter, invalidCount
 */
export function parseSearchRequest(type: ResourceType, body: JsonObject, types: Registry = [type]): ListQuery {
  const given = Object.entries(body).filter(([, value]) => value !== null);
  const { attributes, excludedAttributes, ...asked } = accept(searchRequestSchema(), renamed(given, searchRequestSchema()));
  return listQuery({ type, types }, asked, parseProjection(type, attributes?.join(), excludedAttributes?.join()));
}

type Asked = Omit<z.output<ReturnType<typeof searchRequestSchema>>, 'attributes' | 'excludedAttributes'>;

function listQuery(
  { type, types }: { readonly type: ResourceType; readonly types: Registry },
  asked: Asked,
  projection: Projection,
): ListQuery {
  const { filter, sortBy, sortOrder } = asked;
  const sort = parseSort(type, types, sortBy, sortOrder);
  return {
    ...(filter !== undefined && { filter: parseFilter(filter, type, types) }),
    ...(sort && { sort }),
    ...paging(asked),
    projection,
  };
}

/** @throws {ScimError} invalidValue — both ways to page */
function paging({ startIndex, count = DEFAULT_COUNT, cursor }: Asked): Paging {
  const size = Math.min(MAX_COUNT, Math.max(0, count));
  if (cursor === undefined) return { startIndex: Math.max(1, startIndex ?? 1), count: size };
  if (startIndex === undefined) return { startIndex: 1, count: size, cursor };
  throw new ScimError('invalidValue', 'startIndex: must not be given with a cursor; a page is asked for by one of them.');
}

/** Gives what was sent the names of the schema. */
function renamed(sent: Iterable<readonly [string, unknown]>, { shape }: { readonly shape: object }): Readonly<Record<string, unknown>> {
  const known = Object.keys(shape);
  return Object.fromEntries(
    [...sent].map(([name, value]) => [known.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name, value]),
  );
}

function accept<Shape extends z.core.$ZodType>(schema: Shape, asked: Readonly<Record<string, unknown>>): z.core.output<Shape> {
  const parsed = z.safeParse(schema, asked);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const isCountOfCursor = issue?.path[0] === 'count' && asked['cursor'] !== undefined;
  throw new ScimError(isCountOfCursor ? 'invalidCount' : 'invalidValue', `${issue?.path.join('.')}: ${issue?.message}`);
}
