import * as z from 'zod/mini';
import { ScimError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { lazily } from '../lazily.ts';
import type { Leniencies } from '../leniency.ts';
import { lowerKeys } from '../lower-keys.ts';
import { URN } from '../urn.ts';

/** An operation as it was sent: nothing about it is known to make sense. */
export type RawOperation = {
  readonly op: string;
  readonly path?: string;
  /** Absent is not null. */
  readonly value?: Json;
};

/** Operations of one request. One that names 10,000 members is one operation. */
export const MAX_OPERATIONS = 1_000;

const operationSchema = () =>
  z.object(
    {
      op: z.string('must be add, replace or remove'),
      path: z.optional(z.nullable(z.string('must be a string'))),
      value: z.optional(z.custom<Json>(() => true)),
    },
    'must be an object with op, path and value',
  );

/** RFC 7644 §3.5.2. Further members, such as the `id` or `name` of Microsoft's own examples, are passed over. */
const patchOpSchema = lazily(() =>
  z.object({
    schemas: z.optional(z.nullable(z.array(z.string('must be a URN'), 'must be a list of URNs'))),
    operations: z
      .array(operationSchema(), 'must be a list of operations')
      .check(z.minLength(1, 'must not be empty'), z.maxLength(MAX_OPERATIONS, `must be at most ${MAX_OPERATIONS}`)),
  }),
);

/** @throws {ScimError} invalidSyntax — the body is no PatchOp */
export function parseRequest(body: JsonObject, leniencies: Leniencies): readonly RawOperation[] {
  const { operations, ...others } = lowerKeys(body);
  const listed = Array.isArray(operations)
    ? operations.map((operation) => (isObject(operation) ? lowerKeys(operation) : operation))
    : operations;
  const parsed = z.safeParse(patchOpSchema(), { ...others, ...(operations !== undefined && { operations: listed }) });
  if (!parsed.success) throw new ScimError('invalidSyntax', explain(parsed.error.issues[0]));
  requireSchemas(parsed.data.schemas ?? [], leniencies);
  return parsed.data.operations.map(toRawOperation);
}

function explain(issue: z.core.$ZodIssue | undefined): string {
  const [first = 'body', index, ...rest] = issue?.path.map(String) ?? [];
  const where = [first === 'operations' ? 'Operations' : first, index === undefined ? '' : `[${index}]`, ...rest.map((name) => `.${name}`)];
  return `${where.join('')} ${issue?.message}.`;
}

function requireSchemas(schemas: readonly string[], leniencies: Leniencies): void {
  if (schemas.length === 0 && leniencies.has('missingSchemas')) return;
  const isPatchOp = schemas.some((urn) => urn.toLowerCase() === URN.patchOp.toLowerCase());
  if (!isPatchOp) throw new ScimError('invalidSyntax', `schemas must contain "${URN.patchOp}".`);
}

/** A null path is no path: null is unassigned (RFC 7643 §2.5). */
const toRawOperation = ({ op, path, value }: z.output<ReturnType<typeof operationSchema>>): RawOperation => ({
  op,
  ...(typeof path === 'string' && { path }),
  ...(value !== undefined && { value }),
});
