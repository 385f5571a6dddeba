import fc from 'fast-check';
import { ALL_LENIENCIES, type Leniencies, NO_LENIENCIES } from '../../../src/scim/leniency.ts';

/** None, all, or any choice of them. */
export const leniencies: fc.Arbitrary<Leniencies> = fc.oneof(
  fc.constantFrom(NO_LENIENCIES, ALL_LENIENCIES),
  fc.subarray([...ALL_LENIENCIES]).map((names): Leniencies => new Set(names)),
);
