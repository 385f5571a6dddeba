import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { ScimError } from '../scim/errors.ts';
import { printFilter } from '../scim/filter/print.ts';
import { lazily } from '../scim/lazily.ts';
import { CURSOR_TIMEOUT_SECONDS } from '../scim/query.ts';
import type { RequestContext } from './context.ts';
import { cursorText, readCursor } from './cursor-text.ts';
import type { Listing, Selection } from './search.ts';

/** A cursor of another shape than this one is none. */
const VERSION = 1;
const LONGEST_CURSOR = 500;
/** The clocks of two functions differ by less. */
const CLOCK_SKEW_MS = 300_000;

const cursorSchema = lazily(() => {
  const id = z.string().check(z.regex(/^[\da-f-]{36}$/));
  const place = z.int().check(z.gte(0));
  const position = z.union([
    /** In the order of ids: which of the types, and behind which id. */
    z.strictObject({ type: place, after: z.optional(id) }),
    /** In another order: behind so many, the last of which were these, the latest first. */
    z.strictObject({ offset: place, behind: z.array(id) }),
  ]);
  return z.strictObject({ v: z.literal(VERSION), issuedMs: z.int(), query: z.string(), position });
});

type Cursor = z.output<ReturnType<typeof cursorSchema>>;

/** Where a list goes on. */
type Position = Cursor['position'];
export type PlaceOfType = Extract<Position, { readonly type: number }>;

export type OpenedCursor = { readonly position: Position; readonly issuedMs: number };

/** Writes and reads the cursors of one listing. */
export type Cursors = {
  readonly at: (position: Position) => string;
  /** @throws {ScimError} invalidCursor, expiredCursor */
  readonly open: (cursor: string) => OpenedCursor | undefined;
};

/**
 * A cursor says where to go on, when it was given, and for which query, and nothing about anybody: it is kept by the client
 * and appears in its logs. It grants nothing: whoever presents it is authorised and asks the query anew (RFC 9865 §5).
 */
export function cursorsOf({ selections }: Listing, { principal, now }: RequestContext): Cursors {
  const query = digest(selections, principal.application);
  const nowMs = now.getTime();
  return {
    at: (position) => cursorText({ v: VERSION, issuedMs: nowMs, query, position }),
    open: (text) => {
      if (text === '') return undefined;
      const cursor = readCursor(cursorSchema(), text, LONGEST_CURSOR);
      if (cursor === undefined || cursor.query !== query || cursor.issuedMs > nowMs + CLOCK_SKEW_MS) throw invalidCursor();
      if (cursor.issuedMs + CURSOR_TIMEOUT_SECONDS * 1_000 < nowMs) throw expired();
      return cursor;
    },
  };
}

/** What decides which resources come in which order; the size of a page, and what is shown of it, may differ from page to page. */
function digest(selections: readonly Selection[], application: string): string {
  const asked = selections.map(({ type, query: { filter, sort } }) => [
    type.name,
    filter && printFilter(filter),
    sort && [sort.path?.name, sort.isDescending],
  ]);
  return createHash('sha256')
    .update(JSON.stringify([application, asked]))
    .digest('base64url')
    .slice(0, 16);
}

export const invalidCursor = (): ScimError =>
  new ScimError(
    'invalidCursor',
    'cursor: no cursor that was given for this query; send the latest nextCursor with the same filter and order, or an empty cursor for the first page.',
  );

const expired = (): ScimError =>
  new ScimError(
    'expiredCursor',
    `cursor: older than ${CURSOR_TIMEOUT_SECONDS} seconds; begin again with an empty cursor, and ask for each page soon after the one before.`,
  );
