import * as z from 'zod/mini';
import type { Errand, Findings, StoreCall } from '../../directory/ports.ts';
import { type Attributes, text } from '../item.ts';
import { ALIVE, partitionOf, type TableKey } from '../keys.ts';
import { readOutbox } from '../outbox.ts';
import { readAlive } from '../relations.ts';
import { markIn } from '../staged/marks.ts';
import { isActiveUser } from './active-users.ts';
import { findForgotten } from './forgotten.ts';
import { hasTime, type Sweeping } from './sweeping.ts';

const placeSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  findings: z.object({
    items: z.number(),
    memberships: z.number(),
    orphans: z.number(),
    requeued: z.number(),
    // Not there where the version before began the inspection.
    activeUsers: z._default(z.number(), 0),
  }),
});

const NOTHING: Findings = { items: 0, memberships: 0, orphans: 0, requeued: 0, activeUsers: 0 };

export type Inspected = {
  readonly found: readonly Errand[];
  readonly findings: Findings;
  readonly isDone: boolean;
  readonly from?: string;
};

/**
 * Looks for work that was forgotten, then through the whole table for rows that lead nowhere.
 *
 * @param from where an earlier part of the same inspection left off
 */
export async function inspect(sweeping: Sweeping, from: string | undefined, call: StoreCall): Promise<Inspected> {
  const begun = from === undefined ? undefined : placeSchema.parse(JSON.parse(from));
  const forgotten = begun ? undefined : await findForgotten(sweeping, call);
  let findings = begun?.findings ?? { ...NOTHING, requeued: forgotten?.undone ?? 0 };
  let place: TableKey | undefined = begun && { pk: begun.pk, sk: begun.sk };
  do {
    const { rows, last } = await sweeping.table.scan(place, call);
    findings = {
      ...findings,
      items: findings.items + rows.length,
      memberships: findings.memberships + rows.filter(isMembership).length,
      orphans: findings.orphans + (await countOrphans(sweeping, rows, call)),
      activeUsers: findings.activeUsers + rows.filter(isActiveUser).length,
    };
    place = last;
  } while (place !== undefined && hasTime(sweeping, call));
  return {
    found: forgotten?.errands ?? [],
    findings,
    isDone: place === undefined,
    ...(place && { from: JSON.stringify({ ...place, findings }) }),
  };
}

/** A row of a membership with both of its ends, seen from the group or from the member. */
type MembershipRow = { readonly key: TableKey; readonly groupId: string; readonly memberId: string; readonly isReverse: boolean };

const MEMBER_ROW = /^Group#(.+)#Members#\d$/;
const REVERSE_ROW = /^Member#(.+)#Groups$/;

const isMembership = (row: Attributes): boolean => MEMBER_ROW.test(text(row, 'pk'));

/**
 * Counts rows that have outlived one of their ends, although nothing announces its removal.
 *
 * Both rows of a membership are written together, so a member is looked for only beside its own row, where the scan brings
 * it along; what looks like an orphan in what was read, which may be old, is looked at again. What a large change has marked
 * is dealt with by that, as long as it is listed: a group that it creates is not there before all of its members are.
 */
async function countOrphans(sweeping: Sweeping, rows: readonly Attributes[], call: StoreCall): Promise<number> {
  const { table, types } = sweeping;
  const memberships = rows.flatMap(toMembershipRow);
  const besides = new Set(rows.filter((row) => text(row, 'sk') === ALIVE).map((row) => text(row, 'pk')));
  const groups = await readAlive(table, [...new Set(memberships.map(({ groupId }) => groupId))], call);
  const suspects = memberships.filter(({ key, groupId, isReverse }) => !groups.has(groupId) || (isReverse && !besides.has(key.pk)));
  if (suspects.length === 0) return 0;
  const ends = await readAlive(table, [...new Set(suspects.flatMap(({ groupId, memberId }) => [groupId, memberId]))], call);
  const { isRemoved } = await readOutbox(table, types.all, call);
  const isExplained = (id: string): boolean => ends.has(id) || isRemoved(id);
  const orphans = suspects.filter(({ groupId, memberId }) => !isExplained(groupId) || !isExplained(memberId));
  const still = await table.getMany(
    orphans.map(({ key }) => key),
    call,
  );
  const marked = still.filter((row) => markIn(row) !== undefined);
  const changes = marked.length === 0 ? [] : await table.all({ pk: partitionOf.changes(), only: ['sk'] }, call);
  const listed = new Set(changes.map((row) => text(row, 'sk')));
  return still.filter((row) => !listed.has(markIn(row)?.slice(1) ?? '')).length;
}

function toMembershipRow(row: Attributes): readonly MembershipRow[] {
  const key = { pk: text(row, 'pk'), sk: text(row, 'sk') };
  const groupId = MEMBER_ROW.exec(key.pk)?.[1];
  if (groupId !== undefined) return [{ key, groupId, memberId: key.sk, isReverse: false }];
  const memberId = key.sk === ALIVE ? undefined : REVERSE_ROW.exec(key.pk)?.[1];
  return memberId === undefined ? [] : [{ key, groupId: key.sk, memberId, isReverse: true }];
}
