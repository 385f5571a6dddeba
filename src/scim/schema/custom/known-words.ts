import { nearest } from '../nearest.ts';

/** Ends a sentence about a word that is not known: with the one that was probably meant, or with all there are. */
export function knownWords(word: string, known: readonly string[]): string {
  const meant = nearest(word, known, (candidate) => Math.max(2, candidate.length / 3));
  return meant === undefined ? `; there are ${known.join(', ')}` : `; did you mean "${meant}"?`;
}
