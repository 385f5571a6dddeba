import type { StoreCall } from '../directory/ports.ts';
import { type Attributes, number, text } from './item.ts';
import { partitionOf } from './keys.ts';
import { NESTED_KIND } from './nesting.ts';
import type { ReverseRow } from './rows.ts';
import type { TableClient } from './table-client.ts';

/** What is committed, but may not have reached every row yet: readers look here, so that it holds at once. */
export type Outbox = {
  isRemoved(id: string): boolean;
  /** The name of the group, from its latest rename if the row has not heard of it. */
  displayOf(row: Pick<ReverseRow, 'groupId' | 'display' | 'nameVersion'>): string | undefined;
  /** Whether groups of this type may be members of others. */
  isNested(type: string): boolean;
};

type Pending = { readonly kind: 'removed' } | { readonly kind: 'renamed'; readonly display: string; readonly nameVersion: number };

export async function readOutbox(table: TableClient, types: readonly string[], call: StoreCall): Promise<Outbox> {
  const rows = await Promise.all(types.map((type) => table.all({ pk: partitionOf.outbox(type) }, call)));
  return outboxOf(rows.flat());
}

export function outboxOf(rows: readonly Attributes[]): Outbox {
  const isNesting = (row: Attributes): boolean => text(row, 'kind') === NESTED_KIND;
  const nested = new Set(rows.filter(isNesting).map((row) => text(row, 'pk')));
  const pending = new Map(rows.filter((row) => !isNesting(row)).map((row) => [text(row, 'sk'), toPending(row)]));
  return {
    isNested: (type) => nested.has(partitionOf.outbox(type)),
    isRemoved: (id) => pending.get(id)?.kind === 'removed',
    displayOf: ({ groupId, display, nameVersion }) => {
      const found = pending.get(groupId);
      return found?.kind === 'renamed' && found.nameVersion > nameVersion ? found.display : display;
    },
  };
}

const toPending = (row: Attributes): Pending =>
  text(row, 'kind') === 'renamed'
    ? { kind: 'renamed', display: text(row, 'display'), nameVersion: number(row, 'nameVersion') }
    : { kind: 'removed' };
