import * as z from 'zod';
import { closest } from './closest.ts';

/** A file of the folder of tenants that cannot be deployed; the message says what is wrong and what would be right. */
export class TenantFileError extends Error {
  override readonly name = 'TenantFileError';
}

/**
 * Parses what a file of the folder of tenants holds.
 *
 * @throws {TenantFileError} naming each mistake, an unknown key with the one that was probably meant
 */
export function parseSettings<Schema extends z.ZodType>(schema: Schema, content: unknown): z.output<Schema> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new TenantFileError(parsed.error.issues.flatMap((issue) => describeIssue(issue, schema)).join('; '));
}

/** Renders the JSON Schema that editors check such a file by. */
export const renderSchema = (schema: z.ZodType): string => `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType): readonly string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => describeUnknownKey(key, issue.path, schema));
  return [`${issue.path.length ? `"${issue.path.join('.')}"` : 'the file'}: ${issue.message}`];
}

function describeUnknownKey(key: string, path: readonly PropertyKey[], schema: z.ZodType): string {
  const known = keysAt(path, schema);
  const meant = closest(key, known);
  return `unknown key "${[...path, key].join('.')}"; ${meant ? `did you mean "${meant}"?` : `known are ${known.join(', ')}`}`;
}

/** The keys of the object that a path leads to, through whatever makes it optional or one of several. */
function keysAt(path: readonly PropertyKey[], schema: unknown): readonly string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return keysAt(path, schema.unwrap());
  if (schema instanceof z.ZodArray) return keysAt(path.slice(1), schema.element);
  if (!(schema instanceof z.ZodObject)) return [];
  const [next, ...rest] = path;
  return next === undefined ? Object.keys(schema.shape) : keysAt(rest, schema.shape[String(next)]);
}
