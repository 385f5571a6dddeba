import type { StoreCall } from '../../directory/ports.ts';
import type { ChangeState, StoredResource } from '../../directory/resource.ts';
import { type Attributes, number, text } from '../item.ts';
import { keyOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { changeOf, isSameState } from './change-state.ts';
import { counts, countsWhenDead, markIn } from './marks.ts';

/**
 * So many rows, a group's changes and they counted alike, are read again for changes that came between: a group that is
 * too large for the pace at which it changes is shown with some of them and without others.
 */
const MAX_READ_AGAIN = 10_000;
/** A read of a few rows costs as much as one of these, so that a small group is read again two dozen times at most. */
const ROWS_OF_A_READ = 400;

/** Where a group stood when its members were read. */
type Standing = { readonly type: string; readonly id: string } & Partial<Pick<StoredResource, 'version' | 'change'>>;

type Settled = {
  readonly rows: readonly Attributes[];
  /** The group's own row as it was with these; undefined when it is gone. */
  readonly group: Attributes | undefined;
};

/**
 * Reads rows of a group's members as they stood at one moment, which no read of several keys is by itself: read again where
 * a change has come between, and always where that was a large one.
 *
 * @param group where it stood, read before its rows; without a version, what small changes do in between is all the same
 */
export async function readSettled(
  table: TableClient,
  { type, id, version, change = {} }: Standing,
  read: () => Promise<readonly Attributes[]>,
  call: StoreCall,
): Promise<Settled> {
  let before = { version, change };
  let dead: ReadonlySet<string> = new Set();
  for (let again = 0; ; ) {
    const rows = await read();
    const group = await table.get(keyOf.resource(type, id), call);
    const after = group ? { version: number(group, 'version'), change: changeOf(group) } : before;
    const isUnchanged = version === undefined || after.version === before.version || again > MAX_READ_AGAIN;
    if (isUnchanged && isSameState(before.change, after.change)) {
      const unknown = marksUnknownTo(after.change, rows);
      if (unknown.every((mark) => dead.has(mark)))
        return { rows: rows.filter((one) => counts(one, after.change) ?? countsWhenDead(one)), group };
      dead = new Set(unknown);
    }
    again += rows.length + ROWS_OF_A_READ;
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
