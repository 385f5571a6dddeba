import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { ScimError } from '../../scim/errors.ts';
import { lazily } from '../../scim/lazily.ts';
import type { RequestContext } from '../context.ts';
import { cursorText, readCursor } from '../cursor-text.ts';
import type { FeedPlace } from './ports.ts';
import type { SnapshotPlace } from './snapshot.ts';

/** A cursor of another shape than this one is none. */
const VERSION = 1;
const LONGEST_CURSOR = 1_200;
/** The clocks of two functions differ by less. */
const CLOCK_SKEW_MS = 300_000;
const DAY_MS = 86_400_000;

const cursorSchema = lazily(() => {
  const count = z.int().check(z.gte(0));
  const id = z.string().check(z.regex(/^[\da-f-]{36}$/));
  const group = z.strictObject({ version: count, said: count, told: count, after: z.optional(id) });
  return z.strictObject({
    v: z.literal(VERSION),
    reader: z.string(),
    directory: z.string(),
    types: z.string(),
    asOfMs: count,
    log: z.strictObject({ generation: count.check(z.lt(1e6)), position: count.check(z.gte(1), z.lt(1e12)), index: count }),
    snapshot: z.optional(
      z
        .strictObject({ type: z.string(), after: z.optional(id), group: z.optional(group) })
        .check(z.refine((place) => place.group === undefined || place.after !== undefined)),
    ),
  });
});

/** Where somebody stands who follows the directory. */
export type FeedPosition = {
  /** Where the log goes on; for whoever still takes the snapshot, where it ended before the snapshot was begun. */
  readonly log: FeedPlace;
  /** Epoch milliseconds; what is behind that place was written down at this moment or later. */
  readonly asOfMs: number;
  /** Where the snapshot goes on. */
  readonly snapshot?: SnapshotPlace | undefined;
};

/** Writes and reads the cursors of one who follows. */
export type FeedCursors = {
  readonly at: (position: FeedPosition) => string;
  /** @throws {ScimError} invalidCursor, expiredCursor */
  readonly open: (cursor: string) => FeedPosition;
};

type Reader = { readonly tenant: string; readonly directory: string; readonly retentionDays: number };

/**
 * A cursor says where to go on, and nothing about anybody but ids. It grants nothing: whoever presents it is authorised anew,
 * and nothing of it is remembered.
 *
 * It is good for the application it was given to, as long as that is served the same types of resources: of one that is
 * added, the snapshot held nothing. Where the tenant is set up anew, its log is another one: places in the one before say nothing.
 */
export function feedCursorsOf(feed: Reader, { principal, policy, now }: RequestContext): FeedCursors {
  const { retentionDays } = feed;
  const reader = digest([feed.tenant, principal.application]);
  const directory = digest(feed.directory);
  const types = digest(policy.resourceTypes === 'all' ? 'all' : policy.resourceTypes.toSorted());
  return {
    at: (position) => cursorText({ v: VERSION, reader, directory, types, ...position }),
    open: (text) => {
      const cursor = readCursor(cursorSchema(), text, LONGEST_CURSOR);
      if (cursor === undefined || cursor.reader !== reader || cursor.asOfMs > now.getTime() + CLOCK_SKEW_MS) throw invalidCursor();
      if (cursor.directory !== directory) throw movedAway();
      if (cursor.types !== types) throw typesChanged();
      if (cursor.asOfMs + retentionDays * DAY_MS <= now.getTime()) throw eventsExpired('cursor', retentionDays);
      return { log: cursor.log, asOfMs: cursor.asOfMs, snapshot: cursor.snapshot };
    },
  };
}

const digest = (of: unknown): string => createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 16);

const invalidCursor = (): ScimError =>
  new ScimError(
    'invalidCursor',
    'cursor: none that was given to this application; send the latest nextCursor, or begin without a cursor, with a snapshot.',
  );

const movedAway = (): ScimError =>
  new ScimError(
    'expiredCursor',
    'cursor: the tenant has been set up anew since it was given, and has another log of events; begin without a cursor, with a snapshot.',
  );

export const typesChanged = (): ScimError =>
  new ScimError(
    'expiredCursor',
    'cursor: the application is served other types of resources than when it was given; begin without a cursor, with a snapshot.',
  );

/** What was asked for is, at least in part, no longer there. */
export const eventsExpired = (parameter: 'cursor' | 'since', retentionDays: number): ScimError =>
  new ScimError(
    'expiredCursor',
    `${parameter}: events from there on have expired, which are kept for ${retentionDays} days; begin without a cursor, with a snapshot.`,
  );
