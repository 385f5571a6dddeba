import type { FeedPlace } from '../ports.ts';

/** As `parsePlace` reads it. */
export const printPlace = ({ generation, position, index }: FeedPlace): string => `${generation}.${position}.${index}`;

export function parsePlace(text: string): FeedPlace {
  const [generation = 0, position = 0, index = 0] = text.split('.').map(Number);
  return { generation, position, index };
}

/** Says whether a place comes after another. */
export const isBehind = (one: FeedPlace, other: FeedPlace): boolean =>
  (one.generation - other.generation || one.position - other.position || one.index - other.index) > 0;
