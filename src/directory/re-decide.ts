import { ScimError } from '../scim/errors.ts';
import { StaleRead, type StoreCall } from './ports.ts';

/**
 * Runs read-decide-commit until what was read still holds at the commit.
 *
 * The store has waited with jitter before it reports a conflict, so a lost race is simply decided anew; the
 * deadline bounds the loop.
 *
 * @throws {ScimError} unavailable — the resource kept changing until the deadline
 */
export async function reDecide<Result>(call: StoreCall, clock: () => number, attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StaleRead)) throw error;
      if (clock() >= call.deadlineMs) {
        throw new ScimError('unavailable', 'The resource is being changed by others; send the same request again.', { cause: error });
      }
      call.usage.retries += 1;
    }
  }
}
