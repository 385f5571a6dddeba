import type { StoreCall } from '../../directory/ports.ts';
import type { ChangeState } from '../../directory/resource.ts';
import { type Attributes, text } from '../item.ts';
import { keyOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { changeOf, isSameState } from './change-state.ts';
import { counts, countsWhenDead, markIn } from './marks.ts';

/**
 * Reads rows of a group's members as they stood at one moment: read again where a large change has moved on meanwhile.
 *
 * @param before where the group stood, read before its rows
 */
export async function readSettled(
  table: TableClient,
  group: { readonly type: string; readonly id: string; readonly change?: ChangeState },
  read: () => Promise<readonly Attributes[]>,
  call: StoreCall,
): Promise<readonly Attributes[]> {
  let before = group.change ?? {};
  let dead: ReadonlySet<string> = new Set();
  for (;;) {
    const rows = await read();
    const row = await table.get(keyOf.resource(group.type, group.id), call);
    const after = row ? changeOf(row) : before;
    if (isSameState(before, after)) {
      const unknown = marksUnknownTo(after, rows);
      if (unknown.every((mark) => dead.has(mark))) return rows.filter((one) => counts(one, after) ?? countsWhenDead(one));
      dead = new Set(unknown);
    }
    before = after;
  }
}

const marksUnknownTo = (state: ChangeState, rows: readonly Attributes[]): readonly string[] =>
  rows.flatMap((row) => {
    const mark = markIn(row);
    return mark === undefined || counts(row, state) !== undefined ? [] : [mark];
  });

/** Leaves out the rows of groups that do not count: each marked one is held against its group. */
export async function settledGroups(table: TableClient, rows: readonly Attributes[], call: StoreCall): Promise<readonly Attributes[]> {
  let current = rows;
  let dead: ReadonlySet<string> = new Set();
  for (;;) {
    const marked = current.filter((row) => markIn(row) !== undefined);
    if (marked.length === 0) return current;
    const states = await statesOf(table, marked, call);
    const stateOf = (row: Attributes): ChangeState => states.get(text(row, 'sk')) ?? {};
    const unknown = marked.filter((row) => counts(row, stateOf(row)) === undefined);
    const isDead = (row: Attributes): boolean => dead.has(nameOf(row));
    if (unknown.every(isDead)) return current.filter((row) => counts(row, stateOf(row)) ?? countsWhenDead(row));
    dead = new Set(unknown.map(nameOf));
    const again = new Map((await table.getMany(unknown.map(keyIn), call)).map((row) => [text(row, 'sk'), row]));
    current = current.flatMap((row) => (unknown.includes(row) ? [again.get(text(row, 'sk'))] : [row])).filter((row) => row !== undefined);
  }
}

const keyIn = (row: Attributes) => ({ pk: text(row, 'pk'), sk: text(row, 'sk') });

const nameOf = (row: Attributes): string => `${text(row, 'sk')}${markIn(row) ?? ''}`;

async function statesOf(table: TableClient, rows: readonly Attributes[], call: StoreCall): Promise<ReadonlyMap<string, ChangeState>> {
  const groups = await table.getMany(
    rows.map((row) => keyOf.resource(text(row, 'type'), text(row, 'sk'))),
    call,
  );
  return new Map(groups.map((group) => [text(group, 'sk'), changeOf(group)]));
}
