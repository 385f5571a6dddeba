import type { BrakeState, CountedRemoval } from './ports.ts';

const HOUR_MS = 60 * 60_000;
/** Disables and removals are forgotten in steps of this length, once all of a step are an hour ago. */
const SLOT_MS = 5 * 60_000;
/** A release is to be noticed soon, so nobody is told to wait for longer. */
const LONGEST_WAIT_SECONDS = 600;

export type Window = { readonly count: number; readonly expired: readonly number[]; readonly oldest: number | undefined };

/** Counts what may be less than an hour ago: in no hour there are more than are counted. */
export function windowOf({ counts }: Pick<BrakeState, 'counts'>, nowMs: number): Window {
  const isOver = (slot: number): boolean => endOf(slot) <= nowMs;
  const live = [...counts].filter(([slot]) => !isOver(slot));
  return {
    count: live.reduce((sum, [, count]) => sum + count, 0),
    expired: [...counts.keys()].filter(isOver),
    oldest: live.length === 0 ? undefined : Math.min(...live.map(([slot]) => slot)),
  };
}

export const isReleased = ({ releasedUntilMs = 0 }: BrakeState, nowMs: number): boolean => nowMs < releasedUntilMs;

/** How to count one more. */
export const counted = (application: string, state: BrakeState, limit: number, nowMs: number): CountedRemoval => {
  const slot = Math.floor(nowMs / SLOT_MS);
  return { application, state, slot, expired: windowOf(state, nowMs).expired, limit, until: Math.ceil(endOf(slot) / 1_000) };
};

export const waitSeconds = ({ oldest }: Window, nowMs: number): number =>
  oldest === undefined ? 1 : Math.min(LONGEST_WAIT_SECONDS, Math.ceil((endOf(oldest) - nowMs) / 1_000));

const endOf = (slot: number): number => (slot + 1) * SLOT_MS + HOUR_MS;
