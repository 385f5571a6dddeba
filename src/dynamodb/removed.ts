import * as z from 'zod/mini';
import type { ChangeStamp, KeptUser, RemovedResource, StoreCall } from '../directory/ports.ts';
import type { KeptEntry, StoredResource } from '../directory/resource.ts';
import type { JsonObject } from '../scim/json.ts';
import { lazily } from '../scim/lazily.ts';
import { type Attributes, document, optionalNumber, text } from './item.ts';
import { isId, keyOf, partitionOf } from './keys.ts';
import { toResource } from './rows.ts';
import type { TableClient } from './table-client.ts';

const stampSchema = lazily(() =>
  z.object({
    requestId: z.string(),
    application: z.string(),
    at: z.string(),
    paths: z.readonly(z.array(z.string())),
  }),
);

/** Reads what a row remembers of its last change. */
export const toStamp = (lastChange: JsonObject): ChangeStamp => stampSchema().parse(lastChange);

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
  after = '',
): AsyncGenerator<readonly RemovedResource[]> {
  for await (const rows of table.pages({ pk: partitionOf.tombstones(type), ...(after !== '' && { after }) }, call)) {
    yield rows.filter((row) => isKept(row, nowMs)).map((row) => toRemoved(type, row));
  }
}

export async function findKept(
  table: TableClient,
  type: string,
  entry: KeptEntry,
  nowMs: number,
  call: StoreCall,
): Promise<KeptUser | undefined> {
  const row = await table.get(keyOf.kept(type, entry), call);
  if (row === undefined) return undefined;
  const id = text(row, 'id');
  const removed = await loadRemoved(table, type, id, nowMs, call);
  return { id, ...(removed && { removed }) };
}

/** The entries under which this resource is kept, and no other one by now. */
export async function entriesKept(
  table: TableClient,
  { type, id }: StoredResource,
  entries: readonly KeptEntry[],
  call: StoreCall,
): Promise<readonly KeptEntry[]> {
  const rows = await table.getMany(
    entries.map((entry) => keyOf.kept(type, entry)),
    call,
  );
  const own = new Set(rows.filter((row) => row['id'] === id).map((row) => `${text(row, 'pk')}\n${text(row, 'sk')}`));
  return entries.filter((entry) => {
    const { pk, sk } = keyOf.kept(type, entry);
    return own.has(`${pk}\n${sk}`);
  });
}

/** The service may take days to delete what is over; by then some of its memberships may be gone. */
export const isKept = (row: Attributes, nowMs: number): boolean => (optionalNumber(row, 'ttl') ?? Infinity) * 1_000 > nowMs;

function toRemoved(type: string, row: Attributes): RemovedResource {
  const until = optionalNumber(row, 'ttl');
  return {
    resource: toResource(type, row),
    removal: toStamp(document(row, 'lastChange')),
    ...(until !== undefined && { until }),
  };
}
