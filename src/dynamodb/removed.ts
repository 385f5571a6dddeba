import * as z from 'zod/mini';
import type { ChangeStamp, RemovedResource, StoreCall } from '../directory/ports.ts';
import type { JsonObject } from '../scim/json.ts';
import { type Attributes, document, number } from './item.ts';
import { isId, keyOf, partitionOf } from './keys.ts';
import { toResource } from './rows.ts';
import type { TableClient } from './table-client.ts';

const stampSchema = z.object({
  requestId: z.string(),
  application: z.string(),
  at: z.string(),
  paths: z.readonly(z.array(z.string())),
});

/** Reads what a row remembers of its last change. */
export const toStamp = (lastChange: JsonObject): ChangeStamp => stampSchema.parse(lastChange);

export async function loadRemoved(
  table: TableClient,
  type: string,
  id: string,
  nowMs: number,
  call: StoreCall,
): Promise<RemovedResource | undefined> {
  const row = isId(id) ? await table.get(keyOf.tombstone(type, id), call) : undefined;
  return row && isKept(row, nowMs) ? toRemoved(type, row) : undefined;
}

export async function* listRemoved(
  table: TableClient,
  type: string,
  nowMs: number,
  call: StoreCall,
): AsyncGenerator<readonly RemovedResource[]> {
  for await (const rows of table.pages({ pk: partitionOf.tombstones(type) }, call)) {
    yield rows.filter((row) => isKept(row, nowMs)).map((row) => toRemoved(type, row));
  }
}

/** The service may take days to delete what is over; by then some of its memberships may be gone. */
const isKept = (row: Attributes, nowMs: number): boolean => number(row, 'ttl') * 1_000 > nowMs;

const toRemoved = (type: string, row: Attributes): RemovedResource => ({
  resource: toResource(type, row),
  removal: toStamp(document(row, 'lastChange')),
  until: number(row, 'ttl'),
});
