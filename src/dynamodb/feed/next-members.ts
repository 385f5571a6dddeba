import * as z from 'zod/mini';
import { IDS_OF_AN_EVENT } from '../../directory/feed/change-event.ts';
import type { StoreCall } from '../../directory/ports.ts';
import type { ChangeState } from '../../directory/resource.ts';
import { type Attributes, text } from '../item.ts';
import { partitionOf, SLICES } from '../keys.ts';
import { counts, countsWhenDead } from '../staged/marks.ts';
import type { TableClient } from '../table-client.ts';

/** How far the members of a group have been gone through. */
export const placeSchema = z.object({ slice: z.int(), after: z.string() });
export type MembersPlace = z.output<typeof placeSchema>;

export const FIRST_MEMBERS: MembersPlace = { slice: 0, after: '' };

const KEPT = 'Member#';

/** Whose members: of one that is removed, those that were cleared away are among them. */
export type Group = { readonly id: string; readonly change: ChangeState; readonly isRemoved: boolean };

export type MembersRead = { readonly ids: readonly string[]; readonly next: MembersPlace; readonly isLast: boolean };

/** Reads as many members as an event names. */
export async function nextMembers(table: TableClient, group: Group, from: MembersPlace, call: StoreCall): Promise<MembersRead> {
  const ids: string[] = [];
  let place = from;
  for (;;) {
    const slice = SLICES[place.slice];
    if (slice === undefined) return { ids, next: place, isLast: true };
    if (ids.length === IDS_OF_AN_EVENT) return { ids, next: place, isLast: false };
    const read = await readSlice(table, group, { slice, after: place.after, limit: IDS_OF_AN_EVENT - ids.length }, call);
    ids.push(...read.ids);
    place = read.after === undefined ? { slice: place.slice + 1, after: '' } : { ...place, after: read.after };
  }
}

type Part = { readonly slice: string; readonly after: string; readonly limit: number };

/** What is moved away between the two reads is seen in both: rows only go from the first to the second. */
async function readSlice(table: TableClient, { id, change, isRemoved }: Group, { slice, after, limit }: Part, call: StoreCall) {
  const rows = await table.all({ pk: partitionOf.members(id, slice), limit, ...(after !== '' && { after }) }, call);
  const kept = isRemoved ? await table.all({ pk: partitionOf.removedRelations(id, slice), after: `${KEPT}${after}`, limit }, call) : [];
  const found = new Map([
    ...rows.map((row): readonly [string, boolean] => [text(row, 'sk'), counts(row, change) ?? countsWhenDead(row)]),
    ...kept.map((row): readonly [string, boolean] => [keptId(row), true]),
  ]);
  const [horizon] = [rows.map((row) => text(row, 'sk')), kept.map(keptId)]
    .flatMap((ids) => (ids.length === limit ? ids.slice(-1) : []))
    .sort();
  const within = [...found.keys()].filter((memberId) => horizon === undefined || memberId <= horizon).sort();
  const taken = within.slice(0, limit);
  const isWhole = horizon === undefined && taken.length === within.length;
  return { ids: taken.filter((memberId) => found.get(memberId)), after: isWhole ? undefined : taken.at(-1) };
}

const keptId = (row: Attributes): string => text(row, 'sk').slice(KEPT.length);
