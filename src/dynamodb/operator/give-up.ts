import type { StoreCall } from '../../directory/ports.ts';
import { isEqual } from '../condition.ts';
import { number } from '../item.ts';
import { keyOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { type PlannedWrite, Superseded } from '../write.ts';

/**
 * Takes the tombstone away, and announces the removal anew as one of which nothing is kept: a sweep that is under way, and
 * would keep memberships yet, finds its announcement gone.
 */
export async function giveUp(table: TableClient, type: string, id: string, call: StoreCall): Promise<void> {
  for (;;) {
    const [tombstone, announcement] = await Promise.all([
      table.get(keyOf.tombstone(type, id), call),
      table.get(keyOf.outbox(type, id), call),
    ]);
    if (tombstone === undefined) return;
    const version = number(tombstone, 'version');
    const writes: readonly PlannedWrite[] = [
      { write: { kind: 'delete', key: keyOf.tombstone(type, id), condition: isEqual('version', version) }, onConditionFailed: superseded },
      ...(announcement === undefined ? [] : [announceAnew(type, id, version)]),
    ];
    try {
      await table.execute({ writes }, call);
      return;
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }
}

const superseded = () => new Superseded();

/** The version after the removed one is that of the removal itself, which no resource ever has. */
const announceAnew = (type: string, id: string, version: number): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.outbox(type, id),
    set: { removedVersion: version + 1 },
    condition: isEqual('removedVersion', version),
  },
  onConditionFailed: superseded,
});
