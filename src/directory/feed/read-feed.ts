import type { Registry } from '../../scim/schema/resource-type.ts';
import type { RequestContext } from '../context.ts';
import type { DirectoryStore } from '../ports.ts';
import type { FindRegistry } from '../schemas/registry-cache.ts';
import type { ChangeEvent } from './change-event.ts';
import { eventsExpired, type FeedPosition, feedCursorsOf, typesChanged } from './feed-cursor.ts';
import type { FeedQuery, FeedStart } from './feed-query.ts';
import type { FeedLog, GroupMembers } from './ports.ts';
import { shownAs } from './shown.ts';
import { type SnapshotPlace, tellSnapshot } from './snapshot.ts';
import type { EventValues } from './state.ts';

/** What is told to those that follow the directory, and what it takes. */
export type Feed = {
  readonly log: FeedLog;
  readonly members: GroupMembers;
  readonly resources: Pick<DirectoryStore, 'slice' | 'load'>;
  /** The tenant's resource types as they are at this moment. */
  readonly registryOf: FindRegistry;
  readonly tenant: string;
  /** The name of the tenant's table: where that is another one, so is the log. */
  readonly directory: string;
  readonly values: EventValues;
  readonly retentionDays: number;
  /** Epoch milliseconds, now. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
};

export type FeedPage = {
  /** `snapshot`: what there is, which is not whole before the phase is another. */
  readonly phase: 'snapshot' | 'changes';
  readonly events: readonly ChangeEvent[];
  readonly nextCursor: string;
  /** There was nothing more at that moment. */
  readonly isUpToDate: boolean;
};

/** Lambda's answers end at 6 MB, in which every quotation mark counts twice. */
const PAGE_BYTES = 2.5 * 1024 * 1024;
/** Time kept back from the deadline to answer in. */
const ANSWER_MS = 1_000;
const SNAPSHOT_MS = 5_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
const DAY_MS = 86_400_000;

/**
 * Reads on in what is told to whoever follows the directory: first what there is, then what happens to it.
 *
 * @throws {ScimError} invalidCursor, expiredCursor, unavailable
 */
export async function readFeed(feed: Feed, context: RequestContext, isServed: IsServed, query: FeedQuery): Promise<FeedPage> {
  const { start } = query;
  const cursors = feedCursorsOf(feed, context);
  const reading = { feed, context, isServed, query };
  const position = start.kind === 'cursor' ? cursors.open(start.cursor) : await begin(feed, context, start);
  const isOfSnapshot = start.kind === 'snapshot' || position.snapshot !== undefined;
  const { next, ...page } = isOfSnapshot ? await readSnapshot(reading, position) : await readChanges(reading, position);
  return { ...page, nextCursor: cursors.at(next) };
}

/** Says by its name whether the application is served a type; one that was added just now need not be known yet to whoever asks. */
type IsServed = (resourceType: string) => boolean;

type Reading = { readonly feed: Feed; readonly context: RequestContext; readonly isServed: IsServed; readonly query: FeedQuery };
type Part = Omit<FeedPage, 'nextCursor'> & { readonly next: FeedPosition };

/** Where the log ends is asked before the first resource is read: what changes from then on is in the log behind. */
async function begin(
  { log, retentionDays }: Feed,
  context: RequestContext,
  start: Exclude<FeedStart, { readonly kind: 'cursor' }>,
): Promise<FeedPosition> {
  const nowMs = context.now.getTime();
  if (start.kind === 'since') {
    const asOfMs = start.time.getTime();
    if (asOfMs + retentionDays * DAY_MS <= nowMs) throw eventsExpired('since', retentionDays);
    return { log: await log.since(start.time, context), asOfMs };
  }
  return { log: await log.end(context), asOfMs: nowMs };
}

/** Types are read after the end of the log was: of one that is added later, all there is stands behind that. */
async function readSnapshot({ feed, context, isServed, query }: Reading, position: FeedPosition): Promise<Part> {
  const types = (await feed.registryOf(context)).filter(({ name }) => isServed(name));
  const from = position.snapshot ?? beginningOf(types);
  if (from !== undefined && !types.some(({ name }) => name === from.type)) throw typesChanged();
  const events: ChangeEvent[] = [];
  const left = () => query.count - events.length;
  const untilMs = Math.min(feed.clock() + SNAPSHOT_MS, context.deadlineMs - ANSWER_MS);
  let bytes = 0;
  const told = from === undefined ? [] : tellSnapshot({ ...feed, types, left, call: context }, from);
  for await (const { event, next } of told) {
    if (event !== undefined) events.push(event);
    bytes += event === undefined ? 0 : Buffer.byteLength(JSON.stringify(event));
    if (next === undefined || left() === 0 || bytes >= PAGE_BYTES || feed.clock() > untilMs) {
      return { phase: 'snapshot', events, next: { ...position, snapshot: next }, isUpToDate: false };
    }
  }
  return { phase: 'snapshot', events, next: { ...position, snapshot: undefined }, isUpToDate: false };
}

function beginningOf([first]: Registry): SnapshotPlace | undefined {
  return first && { type: first.name };
}

/** Waits, if there is nothing and it is asked to, until there is something. */
async function readChanges(reading: Reading, from: FeedPosition): Promise<Part> {
  const { clock, sleep } = reading.feed;
  const { deadlineMs } = reading.context;
  const untilMs = Math.min(clock() + reading.query.waitSeconds * 1_000, deadlineMs - ANSWER_MS);
  let part = await readLog(reading, from);
  for (let pauseMs = FIRST_PAUSE_MS; part.events.length === 0 && clock() < untilMs; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (part.isUpToDate) await sleep(Math.min(pauseMs, untilMs - clock()));
    part = await readLog(reading, part.next);
  }
  return part;
}

/** The log as it stands, without what is of types that the application is not served. */
async function readLog({ feed, context, isServed, query }: Reading, from: FeedPosition): Promise<Part> {
  const limit = { events: query.count, bytes: PAGE_BYTES };
  const { events, next, isEnd, asOfMs, hasGap } = await feed.log.read({ ...from.log, asOfMs: from.asOfMs }, limit, context);
  if (hasGap) throw eventsExpired(query.start.kind === 'since' ? 'since' : 'cursor', feed.retentionDays);
  const served = events.map(({ event }) => event).filter(({ resourceType }) => isServed(resourceType));
  return { phase: 'changes', events: served.map((event) => shownAs(feed.values, event)), next: { log: next, asOfMs }, isUpToDate: isEnd };
}
