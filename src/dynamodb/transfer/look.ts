import type { StoreCall } from '../../directory/ports.ts';
import type { Found } from '../../directory/transfer/ports.ts';
import { type Attributes, optionalNumber, text } from '../item.ts';
import { isId, keyOf } from '../keys.ts';
import { toResource } from '../rows.ts';
import type { TableClient } from '../table-client.ts';

/** The outbox is read after the resources: what is gone from these by then is there by then. */
export async function look(
  table: TableClient,
  type: string,
  ids: readonly string[],
  nowMs: number,
  call: StoreCall,
): Promise<ReadonlyMap<string, Found>> {
  const known = ids.filter(isId);
  const rows = await readById(
    table,
    known.map((id) => keyOf.resource(type, id)),
    call,
  );
  const absent = known.filter((id) => !rows.has(id));
  const outbox = await readById(
    table,
    absent.map((id) => keyOf.outbox(type, id)),
    call,
  );
  return new Map(
    known.map((id) => {
      const [row, removal] = [rows.get(id), outbox.get(id)];
      return [id, { ...(row && { resource: toResource(type, row) }), ...(removal && { removal: stateOf(removal, nowMs) }) }];
    }),
  );
}

async function readById(table: TableClient, keys: Parameters<TableClient['getMany']>[0], call: StoreCall) {
  const rows = await table.getMany(keys, call);
  return new Map(rows.map((row): readonly [string, Attributes] => [text(row, 'sk'), row]));
}

/** An item without an end is still to be swept. */
function stateOf(removal: Attributes, nowMs: number): 'seen' | 'over' {
  const until = optionalNumber(removal, 'ttl');
  return until !== undefined && until < Math.floor(nowMs / 1_000) ? 'over' : 'seen';
}
