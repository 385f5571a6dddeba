import * as z from 'zod/mini';
import type { Json } from '../../scim/json.ts';
import { act, dryRun, plainText } from './fields.ts';

const URN = 'must be a URN of 1 to 200 characters';
const urn = z.string(URN).check(z.regex(/^urn:[\x21-\x7e]{1,196}$/i, URN));

export const SCHEMA_ACTS = {
  'schema.apply': act('schema.apply', {
    /** A Schema, a ResourceType, a list of them, or a ListResponse. */
    document: z.custom<Json>((value) => value !== undefined, 'must be the JSON of a schema file'),
    extends: z.optional(plainText),
    endpoint: z.optional(plainText),
    required: z.optional(z.boolean('must be true or false')),
    dryRun,
  }),
  'schema.list': act('schema.list', {}),
  'schema.show': act('schema.show', { schema: urn }),
  'schema.remove': act('schema.remove', { schema: urn, dryRun }),
};
