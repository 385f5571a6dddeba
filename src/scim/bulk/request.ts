import * as z from 'zod/mini';
import { ScimError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import { lowerKeys } from '../lower-keys.ts';
import { URN } from '../urn.ts';

/** Operations of one bulk request, as `/ServiceProviderConfig` says: each waits for the one before it. */
export const MAX_BULK_OPERATIONS = 200;

/** An operation as it was sent, the names of its members in lower case: nothing about it is known to make sense. */
export type SentOperation = JsonObject;

export type BulkRequest = {
  /** After so many errors the rest is not attempted. */
  readonly failOnErrors: number;
  readonly operations: readonly SentOperation[];
};

/** RFC 7644 §3.7. */
const bulkRequestSchema = z.object({
  schemas: z.optional(z.nullable(z.array(z.string('must be a URN'), 'must be a list of URNs'))),
  failOnErrors: z.optional(z.nullable(z.int('must be a whole number').check(z.gte(1, 'must be 1 or more')))),
  Operations: z
    .array(z.custom<JsonObject>(isObject, 'must be an object with method, path and data'), 'must be a list of operations')
    .check(z.minLength(1, 'must not be empty')),
});

/**
 * Parses a bulk request as far as it stands or falls as a whole; what is wrong with one operation is that one's affair.
 *
 * @throws {ScimError} invalidSyntax — the body is no BulkRequest
 * @throws {ScimError} tooLarge — it has too many operations
 */
export function parseBulkRequest(body: JsonObject, leniencies: Leniencies): BulkRequest {
  const { schemas, failonerrors: failOnErrors, operations } = lowerKeys(body);
  if (Array.isArray(operations)) requireFew(operations.length);
  const parsed = z.safeParse(bulkRequestSchema, { schemas, failOnErrors, Operations: operations });
  if (!parsed.success) throw new ScimError('invalidSyntax', explain(parsed.error.issues[0]));
  requireSchemas(parsed.data.schemas ?? [], leniencies);
  return { failOnErrors: parsed.data.failOnErrors ?? Number.POSITIVE_INFINITY, operations: parsed.data.Operations.map(lowerKeys) };
}

/** RFC 7644 §3.7.4: the refusal names the limit. */
function requireFew(count: number): void {
  if (count <= MAX_BULK_OPERATIONS) return;
  throw new ScimError(
    'tooLarge',
    `The request has ${count} operations, more than maxOperations (${MAX_BULK_OPERATIONS}); send it in several requests.`,
  );
}

function explain(issue: z.core.$ZodIssue | undefined): string {
  const [member = 'body', index] = issue?.path.map(String) ?? [];
  return `${member}${index === undefined ? '' : `[${index}]`} ${issue?.message}.`;
}

function requireSchemas(schemas: readonly string[], leniencies: Leniencies): void {
  if (schemas.length === 0 && leniencies.has('missingSchemas')) return;
  const isBulkRequest = schemas.some((urn) => urn.toLowerCase() === URN.bulkRequest.toLowerCase());
  if (!isBulkRequest) throw new ScimError('invalidSyntax', `schemas must contain "${URN.bulkRequest}".`);
}
