import * as z from 'zod/mini';
import type { MemberChanges, StoreCall } from '../../directory/ports.ts';
import { chunksOf, eachAtOnce } from '../at-once.ts';
import { type Attributes, MalformedItem, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';

/**
 * The members a large change adds and removes: whoever comes next can finish it, or undo it, and whoever follows the
 * directory is told of them for as long as events can be read.
 */
export type Manifest = { readonly added: readonly string[]; readonly removed: readonly string[] };

/** There is none, or not all of it any more: its time is over. */
export class ManifestGone extends Error {
  override readonly name = 'ManifestGone';
}

/** Ids in one item: about 40 KB. */
export const MANIFEST_CHUNK = 1_000;

/** Stands for whoever was purged: those behind keep their places. */
export const PURGED = '';

const idsSchema = z.array(z.string());

export const manifestOf = ({ add, remove }: MemberChanges): Manifest => ({ added: add.map(({ value }) => value), removed: remove });

type ChangeOfGroup = { readonly groupId: string; readonly id: string };

export async function writeManifest(
  table: TableClient,
  { groupId, id }: ChangeOfGroup,
  manifest: Manifest,
  /** The epoch second from which on it may be deleted. */
  ttl: number,
  call: StoreCall,
): Promise<void> {
  const items = [...itemsOf('added', manifest.added), ...itemsOf('removed', manifest.removed)];
  await eachAtOnce([...items.entries()], ([index, item]) => {
    const attributes = { ...item, ttl, ...(index === items.length - 1 && { isLast: 1 }) };
    return table.execute({ writes: [{ write: { kind: 'put', key: keyOf.manifest(groupId, id, index), attributes } }] }, call);
  });
}

/** Reads what was written of a manifest: that of a change which did not come to be staged may lack some. */
export async function readManifest(table: TableClient, change: ChangeOfGroup, call: StoreCall): Promise<Manifest> {
  return toManifest(await readRows(table, change, call));
}

/**
 * Reads the manifest of a change that holds.
 *
 * @throws {ManifestGone} — finishing by what is left of it would leave marks that nobody takes away
 */
export async function readWholeManifest(table: TableClient, change: ChangeOfGroup, call: StoreCall): Promise<Manifest> {
  const rows = await readRows(table, change, call);
  if (!isWhole(rows)) throw new ManifestGone();
  return toManifest(rows);
}

/** One item of a manifest, with the places of those who were purged, and whether it is the last. */
export type ManifestChunk = { readonly kind: keyof Manifest; readonly ids: readonly string[]; readonly isLast: boolean };

/** @throws {ManifestGone} — it is not there: whoever wrote of it has outlived it */
export async function readManifestChunk(
  table: TableClient,
  groupId: string,
  changeId: string,
  chunk: number,
  call: StoreCall,
): Promise<ManifestChunk> {
  const row = await table.get(keyOf.manifest(groupId, changeId, chunk), call);
  if (row === undefined) throw new ManifestGone();
  const kind = text(row, 'kind');
  if (kind !== 'added' && kind !== 'removed') throw new MalformedItem('a manifest is of no known kind');
  return { kind, ids: parseIds(row), isLast: isLast(row) };
}

const readRows = (table: TableClient, { groupId, id }: ChangeOfGroup, call: StoreCall): Promise<readonly Attributes[]> =>
  table.all({ pk: partitionOf.manifest(groupId, id) }, call);

function toManifest(rows: readonly Attributes[]): Manifest {
  const idsOf = (kind: keyof Manifest): readonly string[] =>
    rows
      .filter((row) => text(row, 'kind') === kind)
      .flatMap(parseIds)
      .filter(isThere);
  return { added: idsOf('added'), removed: idsOf('removed') };
}

export const parseIds = (row: Attributes): readonly string[] => idsSchema.parse(JSON.parse(text(row, 'ids')));

const isThere = (id: string): boolean => id !== PURGED;

const isLast = (row: Attributes): boolean => row['isLast'] === 1;

/** What has no end in time was written by a version that told nobody of it, and is there whole. */
function isWhole(rows: readonly Attributes[]): boolean {
  const end = rows.at(-1);
  return end !== undefined && (end['ttl'] === undefined || (isLast(end) && Number(end['sk']) === rows.length - 1));
}

const itemsOf = (kind: keyof Manifest, ids: readonly string[]) =>
  chunksOf(ids, MANIFEST_CHUNK).map((chunk) => ({ kind, ids: JSON.stringify(chunk) }));
