import { nearest } from '../scim/schema/nearest.ts';

/** Completes a refusal with the known name that the unknown one was probably meant to be. */
export function didYouMean(unknown: string, known: readonly string[]): string {
  const meant = nearest(unknown, known, (name) => Math.max(2, name.length / 3));
  return meant === undefined ? `; known: ${known.join(', ')}` : `; did you mean "${meant}"?`;
}
