import type { Answered } from './operation.ts';

/** What a repeated request was answered that neither the first nor the second of two undisturbed ones is. */
export const repeatedOtherwise = (repeated: Answered, [first, second]: readonly [Answered, Answered]): Answered =>
  repeated.filter((status, index) => status !== first[index] && status !== second[index]);
