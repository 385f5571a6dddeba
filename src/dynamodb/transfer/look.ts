import type { StoreCall } from '../../directory/ports.ts';
import type { Found } from '../../directory/transfer/ports.ts';
import { type Attributes, document, number, optionalNumber, text } from '../item.ts';
import { isId, keyOf, type TableKey } from '../keys.ts';
import { toStamp } from '../removed.ts';
import { toResource } from '../rows.ts';
import type { TableClient } from '../table-client.ts';

/** What is left of removals is read after the resources: what is gone from these by then is there by then. */
export async function look(
  table: TableClient,
  type: string,
  ids: readonly string[],
  nowMs: number,
  call: StoreCall,
): Promise<ReadonlyMap<string, Found>> {
  const known = ids.filter(isId);
  const resources = await readByKey(
    table,
    known.map((id) => keyOf.resource(type, id)),
    call,
  );
  const absent = known.filter((id) => !resources.has(nameOf(keyOf.resource(type, id))));
  const left = await readByKey(
    table,
    absent.flatMap((id) => [keyOf.outbox(type, id), keyOf.tombstone(type, id)]),
    call,
  );
  return new Map(
    known.map((id) => {
      const row = resources.get(nameOf(keyOf.resource(type, id)));
      const [removal, tombstone] = [left.get(nameOf(keyOf.outbox(type, id))), left.get(nameOf(keyOf.tombstone(type, id)))];
      const isKept = tombstone !== undefined && !isOver(tombstone, nowMs);
      return [
        id,
        {
          ...(row && { resource: toResource(type, row) }),
          ...(removal && { removal: isOver(removal, nowMs) ? 'over' : 'seen' }),
          ...(isKept && { isKept }),
          ...(tombstone && { kept: { version: number(tombstone, 'version'), removal: toStamp(document(tombstone, 'lastChange')) } }),
        },
      ];
    }),
  );
}

async function readByKey(table: TableClient, keys: readonly TableKey[], call: StoreCall): Promise<ReadonlyMap<string, Attributes>> {
  const rows = await table.getMany(keys, call);
  return new Map(rows.map((row) => [nameOf({ pk: text(row, 'pk'), sk: text(row, 'sk') }), row]));
}

const nameOf = ({ pk, sk }: TableKey): string => `${pk}\n${sk}`;

/** An outbox item without an end is still to be swept. */
function isOver(row: Attributes, nowMs: number): boolean {
  const until = optionalNumber(row, 'ttl');
  return until !== undefined && until < Math.floor(nowMs / 1_000);
}
