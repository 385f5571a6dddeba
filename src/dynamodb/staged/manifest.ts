import * as z from 'zod/mini';
import type { MemberChanges, StoreCall } from '../../directory/ports.ts';
import { chunksOf, eachAtOnce } from '../at-once.ts';
import { MalformedItem, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';

/** The members a large change adds and removes, kept until it is finished or undone: whoever comes next can do either. */
export type Manifest = { readonly added: readonly string[]; readonly removed: readonly string[] };

/** Ids in one item: about 40 KB. */
export const MANIFEST_CHUNK = 1_000;

const idsSchema = z.array(z.string());

export const manifestOf = ({ add, remove }: MemberChanges): Manifest => ({ added: add.map(({ value }) => value), removed: remove });

export async function writeManifest(
  table: TableClient,
  groupId: string,
  changeId: string,
  manifest: Manifest,
  call: StoreCall,
): Promise<void> {
  const items = [...itemsOf('added', manifest.added), ...itemsOf('removed', manifest.removed)];
  await eachAtOnce([...items.entries()], ([index, attributes]) =>
    table.execute({ writes: [{ write: { kind: 'put', key: keyOf.manifest(groupId, changeId, index), attributes } }] }, call),
  );
}

export async function readManifest(table: TableClient, groupId: string, changeId: string, call: StoreCall): Promise<Manifest> {
  const rows = await table.all({ pk: partitionOf.manifest(groupId, changeId) }, call);
  const idsOf = (kind: keyof Manifest): readonly string[] =>
    rows.filter((row) => text(row, 'kind') === kind).flatMap((row) => idsSchema.parse(JSON.parse(text(row, 'ids'))));
  return { added: idsOf('added'), removed: idsOf('removed') };
}

/** One item of a manifest, and whether it is the last. */
export type ManifestChunk = { readonly kind: keyof Manifest; readonly ids: readonly string[]; readonly isLast: boolean };

/** @throws {MalformedItem} — it is not there: whoever wrote of it has outlived it */
export async function readManifestChunk(
  table: TableClient,
  groupId: string,
  changeId: string,
  chunk: number,
  call: StoreCall,
): Promise<ManifestChunk> {
  const { pk, sk } = keyOf.manifest(groupId, changeId, chunk);
  const [row, following] = await table.all({ pk, from: sk, limit: 2 }, call);
  if (row === undefined || text(row, 'sk') !== sk) throw new MalformedItem('a large change has no manifest any more');
  const kind = text(row, 'kind');
  if (kind !== 'added' && kind !== 'removed') throw new MalformedItem('a manifest is of no known kind');
  return { kind, ids: idsSchema.parse(JSON.parse(text(row, 'ids'))), isLast: following === undefined };
}

export async function deleteManifest(table: TableClient, groupId: string, changeId: string, call: StoreCall): Promise<void> {
  const rows = await table.all({ pk: partitionOf.manifest(groupId, changeId), only: ['sk'] }, call);
  await eachAtOnce(rows, (row) =>
    table.execute(
      { writes: [{ write: { kind: 'delete', key: { pk: partitionOf.manifest(groupId, changeId), sk: text(row, 'sk') } } }] },
      call,
    ),
  );
}

const itemsOf = (kind: keyof Manifest, ids: readonly string[]) =>
  chunksOf(ids, MANIFEST_CHUNK).map((chunk) => ({ kind, ids: JSON.stringify(chunk) }));
