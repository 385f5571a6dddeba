import type { StoreCall } from '../../directory/ports.ts';
import { eachAtOnce } from '../at-once.ts';
import { type Attributes, number, text } from '../item.ts';
import { partitionOf, SLICES } from '../keys.ts';
import { ignoreSuperseded } from '../write.ts';
import { type Announced, planRenamedRow, planRenameSwept } from './plan-sweep.ts';
import { hasTime, type Progress, type Sweeping } from './sweeping.ts';

/** Rows between two looks at the clock. */
const PAGE = 500;

/**
 * Carries a group's new name to the rows of its members.
 *
 * @param from where an earlier attempt at the same name left off: a slice, and the last member in it
 */
export async function sweepRenamed(
  sweeping: Sweeping,
  renamed: Announced,
  announcement: Attributes,
  from: string | undefined,
  call: StoreCall,
): Promise<Progress> {
  const { table, pace } = sweeping;
  const [display, nameVersion] = [text(announcement, 'display'), number(announcement, 'nameVersion')];
  let [rows, place] = [0, placeIn(from, nameVersion)];
  while (place !== undefined) {
    if (!hasTime(sweeping, call)) return { rows, isDone: false, from: JSON.stringify({ ...place, nameVersion }) };
    const { slice, after }: Place = place;
    const page = await table.all(
      { pk: partitionOf.members(renamed.id, slice), ...(after !== undefined && { after }), limit: PAGE, only: ['sk'] },
      call,
    );
    const ids = page.map((row) => text(row, 'sk'));
    await eachAtOnce(ids, (memberId) =>
      ignoreSuperseded(table.execute({ writes: [planRenamedRow(memberId, renamed.id, display, nameVersion)] }, call)),
    );
    rows += ids.length;
    place = page.length < PAGE ? startOf(SLICES[SLICES.indexOf(slice) + 1]) : { slice, after: ids.at(-1) };
  }
  await ignoreSuperseded(table.execute({ writes: [planRenameSwept(renamed, nameVersion, pace.now())] }, call));
  return { rows, isDone: true };
}

type Slice = (typeof SLICES)[number];
type Place = { readonly slice: Slice; readonly after: string | undefined };

const startOf = (slice: Slice | undefined): Place | undefined => (slice === undefined ? undefined : { slice, after: undefined });

/** A place that was reached with an earlier name is none. */
function placeIn(from: string | undefined, nameVersion: number): Place | undefined {
  const told: { readonly slice?: unknown; readonly after?: unknown; readonly nameVersion?: unknown } = JSON.parse(from ?? '{}');
  const slice = SLICES.find((one) => one === told.slice);
  if (slice === undefined || told.nameVersion !== nameVersion) return startOf(SLICES[0]);
  return { slice, after: typeof told.after === 'string' ? told.after : undefined };
}
