import type { FeedPlace } from '../../directory/feed/ports.ts';
import { MalformedItem } from '../item.ts';

/** Where an item of the log is. */
export type Position = Pick<FeedPlace, 'generation' | 'position'>;

/** What the log ends with; position 0 is that of a log of which nothing is left, and of one that was never begun. */
export type Last = Position & {
  readonly atMs: number;
  /** Epoch seconds from which on it may be deleted at any moment; never earlier than that of any item before it. */
  readonly ttl: number;
};

/** Reads from a sort key where its item is. */
export function positionIn(sk: string): Position {
  const [generation, position] = sk.split('#').map(Number);
  if (generation === undefined || position === undefined || !Number.isInteger(position)) throw new MalformedItem('an event has no place');
  return { generation, position };
}

export const behind = ({ generation, position }: Position): FeedPlace => ({ generation, position: position + 1, index: 0 });

/** The place of what comes next; where nothing is left, that is in the next generation. */
export const beginningOf = ({ generation, position }: Position): FeedPlace =>
  position === 0 ? { generation: generation + 1, position: 1, index: 0 } : behind({ generation, position });
