import * as z from 'zod/mini';
import type { Erasure } from '../../directory/operator/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { eachAtOnce } from '../at-once.ts';
import { type Attributes, text } from '../item.ts';
import { isId, type TableKey } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { isSuperseded, type PlannedWrite, Superseded } from '../write.ts';
import type { Trace } from './trace.ts';
import { traceIn } from './traces.ts';

const placeSchema = z.object({ pk: z.string(), sk: z.string() });

/** So many resources that mention it are named at most, of each part. */
const NAMED = 100;

/** Looks through the table page after page, and takes away what names the id wherever that is the directory's own doing. */
export async function erase(
  table: TableClient,
  id: string,
  from: string | undefined,
  isLate: () => boolean,
  call: StoreCall,
): Promise<Erasure> {
  let place: TableKey | undefined = from === undefined ? undefined : placeSchema.parse(JSON.parse(from));
  let done: Omit<Erasure, 'next'> = { items: 0, erased: 0, mentionedBy: [], passing: 0 };
  do {
    const { rows, last } = await table.scan(place, call, { isStrong: true });
    done = add(done, await erasePage(table, rows, id, call));
    place = last;
  } while (place !== undefined && !isLate());
  return { ...done, next: place && JSON.stringify(place) };
}

async function erasePage(table: TableClient, rows: readonly Attributes[], id: string, call: StoreCall): Promise<Omit<Erasure, 'next'>> {
  const traces = rows.flatMap((row) => {
    const trace = traceIn(row, id);
    return trace ? [{ row, trace }] : [];
  });
  const erasures = traces.flatMap(({ trace }) => (trace.kind === 'erase' ? [trace] : []));
  const late: Erasing[] = [];
  await eachAtOnce(erasures, async (erasure) => {
    if (await isSuperseded(table.execute({ writes: planErasure(erasure) }, call))) late.push(erasure);
  });
  const waiting = late.filter(({ onlyIf }) => onlyIf !== undefined).length;
  const mentions = traces.filter(({ row, trace }) => trace.kind === 'mention' || isMentionToo(row, trace.kind, id));
  return {
    items: rows.length,
    erased: erasures.length - waiting,
    mentionedBy: mentions.map(({ row }) => text(row, 'sk')).filter(isId),
    passing: traces.filter(({ trace }) => trace.kind === 'passing').length + waiting,
  };
}

type Erasing = Trace & { readonly kind: 'erase' };

const planErasure = ({ write, onlyIf }: Erasing): readonly PlannedWrite[] =>
  [onlyIf ?? [], write].flat().map((each) => ({ write: each, onConditionFailed: () => new Superseded() }));

/** A row may name it in both: in what the directory remembers, which was taken out, and in attributes. */
const isMentionToo = (row: Attributes, kind: string, id: string): boolean =>
  kind === 'erase' && typeof row['attributes'] === 'string' && row['attributes'].includes(id);

const add = (one: Omit<Erasure, 'next'>, other: Omit<Erasure, 'next'>): Omit<Erasure, 'next'> => ({
  items: one.items + other.items,
  erased: one.erased + other.erased,
  mentionedBy: [...one.mentionedBy, ...other.mentionedBy].slice(0, NAMED),
  passing: one.passing + other.passing,
});
