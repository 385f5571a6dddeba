import { REFUSALS } from '../../src/scim/errors.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { DEFAULT_COUNT, MAX_COUNT } from '../../src/scim/query.ts';
import { URN } from '../../src/scim/urn.ts';
import { exactly } from './component.ts';
import { SORT_ORDER } from './parameters.ts';

const TEXT: JsonObject = { type: 'string' };
const COUNTED: JsonObject = { type: 'integer', minimum: 0 };

/** RFC 7644 §3.12. */
export const errorSchema: JsonObject = {
  description: 'Why a request was refused. `detail` is meant for people and ends with the request id.',
  type: 'object',
  required: ['schemas', 'status', 'detail'],
  additionalProperties: false,
  properties: {
    schemas: exactly(URN.error),
    status: { type: 'string', pattern: '^[45][0-9]{2}$' },
    scimType: { enum: scimTypes() },
    detail: TEXT,
  },
};

/** A whole list, or a page by index (RFC 7644 §3.4.2). */
export const listSchema = (description: string, items: JsonObject): JsonObject => ({
  description,
  type: 'object',
  required: ['schemas', 'totalResults', 'startIndex', 'itemsPerPage', 'Resources'],
  additionalProperties: false,
  properties: {
    schemas: exactly(URN.listResponse),
    totalResults: { ...COUNTED, description: 'How many match, on all pages together; always exact.' },
    startIndex: { type: 'integer', minimum: 1 },
    itemsPerPage: { ...COUNTED, maximum: MAX_COUNT },
    Resources: { type: 'array', items, maxItems: MAX_COUNT },
  },
});

/** A page by index, or by cursor where the request had one (RFC 9865 §2). */
export const pageSchema = (description: string, items: JsonObject): JsonObject => ({
  description,
  oneOf: [listSchema('A page by index.', items), cursorPageSchema(items)],
});

function cursorPageSchema(items: JsonObject): JsonObject {
  return {
    description: 'A page by cursor; only the last one has no `nextCursor`.',
    type: 'object',
    required: ['schemas', 'itemsPerPage', 'Resources'],
    additionalProperties: false,
    properties: {
      schemas: exactly(URN.listResponse),
      totalResults: COUNTED,
      itemsPerPage: { ...COUNTED, maximum: MAX_COUNT },
      nextCursor: TEXT,
      Resources: { type: 'array', items, maxItems: MAX_COUNT },
    },
  };
}

/** RFC 7644 §3.4.3. */
export const searchSchema: JsonObject = {
  description: 'A query, with its parameters in the body.',
  type: 'object',
  required: ['schemas'],
  properties: {
    schemas: exactly(URN.searchRequest),
    attributes: { type: 'array', items: TEXT },
    excludedAttributes: { type: 'array', items: TEXT },
    filter: TEXT,
    sortBy: TEXT,
    sortOrder: SORT_ORDER,
    startIndex: { type: 'integer' },
    count: { type: 'integer', default: DEFAULT_COUNT },
    cursor: TEXT,
  },
};

/** Every error type there is (RFC 7644 §3.12 Table 9, RFC 9865 §2.1). */
function scimTypes(): readonly string[] {
  return [...new Set(Object.values(REFUSALS).flatMap((refusal) => ('scimType' in refusal ? [refusal.scimType] : [])))];
}
