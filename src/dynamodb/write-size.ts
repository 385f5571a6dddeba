import { ScimError } from '../scim/errors.ts';
import type { PlannedWrite } from './write.ts';

/** The service's limit of writes in one transaction. */
export const TRANSACTION_LIMIT = 100;
/** Well below the service's 400 KB, so that what the store adds to a resource always fits beside it. */
const ITEM_LIMIT_BYTES = 300 * 1024;
/** Below the service's 4 MB for a transaction as a whole. */
const PLAN_LIMIT_BYTES = 3.5 * 1024 * 1024;

/** Says whether so many writes can be one transaction. */
export const isTransaction = (writes: readonly PlannedWrite[], limit: number): boolean =>
  writes.length <= limit && bytesOf(writes) <= PLAN_LIMIT_BYTES;

/**
 * Refuses what the service would refuse, before it is asked.
 *
 * @throws {ScimError} tooLarge — an item, the number of items, or all of them together
 */
export function assertFits(writes: readonly PlannedWrite[]): void {
  if (writes.length > TRANSACTION_LIMIT) {
    throw new ScimError(
      'tooLarge',
      `The change touches ${writes.length} items at once; at most ${TRANSACTION_LIMIT} can be changed in one request. A resource can have about 90 addresses it is found by.`,
    );
  }
  if (writes.some((write) => sizeOf(write) > ITEM_LIMIT_BYTES)) {
    throw new ScimError('tooLarge', `The resource is larger than the ${ITEM_LIMIT_BYTES / 1024} KB the directory keeps for one.`);
  }
  if (bytesOf(writes) > PLAN_LIMIT_BYTES) {
    throw new ScimError('tooLarge', 'The change is larger than the directory takes at once. Split it into smaller requests.');
  }
}

const bytesOf = (writes: readonly PlannedWrite[]): number => writes.reduce((sum, write) => sum + sizeOf(write), 0);

function sizeOf({ write }: PlannedWrite): number {
  const attributes = write.kind === 'put' ? write.attributes : write.kind === 'update' ? write.set : {};
  return Object.values(attributes).reduce<number>((sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) : 16), 0);
}
