import { ScimError } from '../../src/scim/errors.ts';

/** What came of it: its result, or the refusal. Any other error is a mistake of the program, and passes. */
export function outcomeOf<Result>(act: () => Result): Result | ScimError {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}
