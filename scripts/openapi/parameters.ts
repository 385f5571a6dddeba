import type { JsonObject } from '../../src/scim/json.ts';
import { DEFAULT_COUNT, MAX_COUNT } from '../../src/scim/query.ts';
import { component } from './component.ts';

const TEXT: JsonObject = { type: 'string' };
const NAMES: JsonObject = { style: 'form', explode: false, schema: { type: 'array', items: TEXT } };

/** Nothing refuses another word without `sortBy`, hence no `enum`. */
export const SORT_ORDER: JsonObject = { type: 'string', default: 'ascending', examples: ['ascending', 'descending'] };

const query = (name: string, description: string, rest: JsonObject): JsonObject => ({ name, in: 'query', description, ...rest });
const header = (name: string, description: string, example: string): JsonObject => ({
  name,
  in: 'header',
  description,
  schema: { ...TEXT, examples: [example] },
});

/** Parameters of requests, by the names they have in the document. */
export const parameters = {
  id: { name: 'id', in: 'path', required: true, description: 'The id the server gave it.', schema: { type: 'string', format: 'uuid' } },
  name: { name: 'id', in: 'path', required: true, description: 'Its name or URN, in any case.', schema: { type: 'string', minLength: 1 } },
  attributes: query('attributes', 'Answer with only these attributes, and what is returned always (RFC 7644 §3.9).', NAMES),
  excludedAttributes: query('excludedAttributes', 'Answer with all but these attributes (RFC 7644 §3.9).', NAMES),
  filter: query('filter', 'Which resources are meant, in the grammar of RFC 7644 §3.4.2.2.', {
    schema: TEXT,
    examples: { byName: { value: 'userName eq "bjensen"' }, byEmail: { value: 'emails[type eq "work" and value co "@example.com"]' } },
  }),
  sortBy: query('sortBy', 'The attribute to sort by.', { schema: TEXT }),
  sortOrder: query('sortOrder', '`ascending` or `descending`; passed over without `sortBy`.', { schema: SORT_ORDER }),
  startIndex: query('startIndex', 'First resource of the page; below 1 it means 1.', { schema: { type: 'integer', default: 1 } }),
  count: query('count', `Resources on the page, ${MAX_COUNT} at most; below 0 it means 0.`, {
    schema: { type: 'integer', default: DEFAULT_COUNT },
  }),
  cursor: query('cursor', 'Page by cursor (RFC 9865): empty for the first page, then `nextCursor`.', { schema: TEXT }),
  ifMatch: header('If-Match', 'Change it only if it still has this version (RFC 7644 §3.14).', '*'),
  ifNoneMatch: header('If-None-Match', 'Answer 304 if it still has this version (RFC 7644 §3.14).', 'W/"1"'),
} as const satisfies Readonly<Record<string, JsonObject>>;

export type ParameterName = keyof typeof parameters;

export const PROJECTION: readonly ParameterName[] = ['attributes', 'excludedAttributes'];
export const QUERY: readonly ParameterName[] = ['filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'cursor', ...PROJECTION];

export const parametersNamed = (names: readonly ParameterName[]): readonly JsonObject[] =>
  names.map((name) => component(`parameters/${name}`));
