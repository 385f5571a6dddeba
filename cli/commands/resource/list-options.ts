import * as z from 'zod/mini';
import { type Flag, UsageError } from '../../command.ts';

/** So many are shown unless more are asked for. */
const SHOWN = 100;

export const LIST_FLAGS: readonly Flag[] = [
  { flags: '--limit <number>', summary: `how many are listed (default: ${SHOWN})` },
  { flags: '--all', summary: 'list them all, as they come' },
];

export const MORE = 'There are more: --all lists them all, --limit so many.';

const LIMIT = '--limit takes a whole number, 1 or more.';

export const listOptions = {
  limit: z.optional(z.coerce.number(LIMIT).check(z.int(LIMIT), z.gte(1, LIMIT))),
  all: z.optional(z.literal(true)),
};

/** @throws {UsageError} when both are given */
export function limitOf({ limit, all }: { readonly limit?: number | undefined; readonly all?: true | undefined }): number {
  if (limit !== undefined && all) throw new UsageError('--limit and --all exclude each other: say how many, or all.');
  return all ? Infinity : (limit ?? SHOWN);
}
