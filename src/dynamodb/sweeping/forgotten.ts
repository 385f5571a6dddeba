import type { Errand, StoreCall, Work } from '../../directory/ports.ts';
import { type Attributes, optionalNumber, text } from '../item.ts';
import { BACKFILLS, isId, partitionOf } from '../keys.ts';
import type { Sweeping } from './sweeping.ts';

export type Forgotten = {
  readonly errands: readonly Errand[];
  /** How many of them are not just waiting for their outbox item to end. */
  readonly undone: number;
};

/** What is announced and what large changes have left: to be done anew, whoever had it before. */
export async function findForgotten({ table, types, pace }: Sweeping, call: StoreCall): Promise<Forgotten> {
  const read = (pk: string): Promise<readonly Attributes[]> => table.all({ pk, only: ['sk', 'ttl'] }, call);
  const isEnding = (row: Attributes): boolean => (optionalNumber(row, 'ttl') ?? 0) * 1_000 > pace.now();
  const found = await Promise.all([
    ...types.all.map(async (type) =>
      (await read(partitionOf.outbox(type))).flatMap(asWork((id) => ({ kind: 'sweep', type, id }), isEnding)),
    ),
    ...types.all.map(async (type) => (await read(partitionOf.restored(type))).flatMap(asWork((id) => ({ kind: 'return', type, id })))),
    read(partitionOf.changes()).then((rows) =>
      rows.map((row) => ({ work: { kind: 'conclude', change: text(row, 'sk') }, isUndone: true }) as const),
    ),
    table
      .all({ pk: partitionOf.settings(), ...BACKFILLS, only: ['name', 'finishedAt'] }, call)
      .then((rows) =>
        rows
          .filter((row) => row['finishedAt'] === undefined)
          .map((row) => ({ work: { kind: 'backfill', name: text(row, 'name') }, isUndone: true }) as const),
      ),
  ]);
  return {
    errands: found.flat().map(({ work }) => ({ work, delaySeconds: 0 })),
    undone: found.flat().filter(({ isUndone }) => isUndone).length,
  };
}

type Found = { readonly work: Work; readonly isUndone: boolean };

/** What is no id in these partitions is none of theirs. */
const asWork =
  (toWork: (id: string) => Work, isEnding: (row: Attributes) => boolean = () => false) =>
  (row: Attributes): readonly Found[] => {
    const id = text(row, 'sk');
    return isId(id) ? [{ work: toWork(id), isUndone: !isEnding(row) }] : [];
  };
