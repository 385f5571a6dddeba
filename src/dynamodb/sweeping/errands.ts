import type { Errand, Work } from '../../directory/ports.ts';
import { type Attributes, type Item, text, unmarshal } from '../item.ts';
import { BACKFILLS, partitionOf } from '../keys.ts';
import { NESTED_KIND } from '../nesting.ts';
import { TOLD_UP_TO } from './plan-return.ts';

/** The longest the queue can hold something back; by then whoever stages a change has committed it, or is gone. */
const LONGEST_DELAY_SECONDS = 900;

const OUTBOX = 'Outbox#';
const RESTORED = 'Restored#';
const CHANGES = 'Change';

/** Reads from the table's stream what has come up to be done. */
export const errandsIn = (images: readonly Item[]): readonly Errand[] => images.flatMap((image) => errandOf(unmarshal(image)) ?? []);

/** An outbox item that ends was dealt with, and whoever did so sees to the rest. */
function errandOf(row: Attributes): Errand | undefined {
  const work = workIn(row);
  if (work === undefined) return undefined;
  const isStaging = work.kind === 'conclude' && row['changePhase'] !== 'committed';
  return { work, delaySeconds: isStaging ? LONGEST_DELAY_SECONDS : 0 };
}

function workIn(row: Attributes): Work | undefined {
  const [pk, sk] = [text(row, 'pk'), text(row, 'sk')];
  if (pk === CHANGES) return { kind: 'conclude', change: sk };
  if (pk === partitionOf.settings())
    return sk.startsWith(BACKFILLS.from) && isAnnounced(row) ? { kind: 'backfill', name: text(row, 'name') } : undefined;
  if (pk.startsWith(RESTORED) && row[TOLD_UP_TO] === undefined) return { kind: 'return', type: typeIn(pk, RESTORED), id: sk };
  if (pk.startsWith(OUTBOX) && row['kind'] !== NESTED_KIND && row['ttl'] === undefined)
    return { kind: 'sweep', type: typeIn(pk, OUTBOX), id: sk };
  return undefined;
}

/** Whoever has taken a backfill sees to the rest of it. */
const isAnnounced = (row: Attributes): boolean => row['worker'] === undefined;

const typeIn = (pk: string, prefix: string): string => decodeURIComponent(pk.slice(prefix.length));
