import { isAbsent, isEqual } from '../condition.ts';
import { keyOf } from '../keys.ts';
import { SCHEMA_VERSION } from '../table.ts';
import { type PlannedWrite, Superseded, type WritePlan } from '../write.ts';
import { beginningOf, behind, type Last, type Position } from './place.ts';

export const DAY_SECONDS = 86_400;

/** For so long an item is kept when its events can no longer be read: by then nobody writes behind it. */
const SPARE_DAYS = 1;

/**
 * So long before the last item may be deleted, the log begins anew: items are deleted in no certain order, so what is found
 * then need not have been the last. Twice that, and whoever writes behind it makes sure that this has not happened yet.
 */
const ENDING_SECONDS = (SPARE_DAYS * DAY_SECONDS) / 4;
const GUARDED_SECONDS = 2 * ENDING_SECONDS;

/** The log begins anew so long after its last item was written down, or later: events are kept for a day at least. */
export const FORGOTTEN_SECONDS = (1 + SPARE_DAYS) * DAY_SECONDS - ENDING_SECONDS;

const secondsLeft = ({ ttl }: Last, nowMs: number): number => ttl - nowMs / 1_000;

/** Says whether none of what came behind this item can have been deleted yet, so that a write there is refused if anything did. */
export const isTrusted = (last: Last, nowMs: number): boolean => secondsLeft(last, nowMs) > GUARDED_SECONDS;

/** Says whether the log begins anew in place of going on behind this item. */
export const isEnding = (last: Last, nowMs: number): boolean => secondsLeft(last, nowMs) <= ENDING_SECONDS;

type Content = { readonly events: string; readonly writeId: string };
type Time = { readonly nowMs: number; readonly retentionDays: number };

/**
 * Plans the item behind the last one. It is never of an earlier time, nor deleted earlier, whatever clocks and settings say:
 * so what is left of the log is its end.
 */
export function planBehind(
  last: Last,
  content: Content,
  { nowMs, retentionDays }: Time,
): { readonly plan: WritePlan; readonly item: Last } {
  const atMs = Math.max(nowMs, last.atMs);
  const ttl = Math.max(Math.ceil(atMs / 1_000) + (retentionDays + SPARE_DAYS) * DAY_SECONDS, last.ttl);
  const isAtEnd = isEnding(last, nowMs);
  const { generation, position } = isAtEnd ? beginningOf({ ...last, position: 0 }) : behind(last);
  const guards = isTrusted(last, nowMs) ? [] : [isAtEnd ? begin(last) : checkGoesOn(last)];
  // Says, when the one before is gone, whether that was told at a time from which on somebody asks.
  const follows = last.atMs > 0 ? { followsMs: last.atMs } : {};
  const writes = [put({ generation, position }, { ...content, ...follows, atMs, ttl }), ...guards];
  return { plan: { writes, writeId: content.writeId }, item: { generation, position, atMs, ttl } };
}

const superseded = (): Superseded => new Superseded();

const put = (
  { generation, position }: Position,
  attributes: Content & Pick<Last, 'atMs' | 'ttl'> & { readonly followsMs?: number },
): PlannedWrite => ({
  write: { kind: 'put', key: keyOf.events(generation, position), attributes, condition: isAbsent },
  onConditionFailed: superseded,
});

/** Of those who find the log at its end, one begins it anew, together with its first item. */
const begin = ({ generation }: Last): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.generation(),
    set: { generation: generation + 1, schemaVersion: SCHEMA_VERSION },
    condition: generation === 0 ? isAbsent : isEqual('generation', generation),
  },
  onConditionFailed: superseded,
});

const checkGoesOn = ({ generation }: Last): PlannedWrite => ({
  write: { kind: 'check', key: keyOf.generation(), condition: isEqual('generation', generation) },
  onConditionFailed: superseded,
});
