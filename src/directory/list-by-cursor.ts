import { type Budget, pageBudget } from './budget.ts';
import type { Directory, RequestContext } from './context.ts';
import { type Cursors, cursorsOf, invalidCursor, type PlaceOfType } from './cursor.ts';
import { look, matches } from './look.ts';
import { planFor, remainder } from './plan.ts';
import type { Loaded } from './ports.ts';
import { relateListed } from './relate-listed.ts';
import type { CursorPage, Listed, Listing, Plan } from './search.ts';
import { seesAll } from './seen.ts';

/** What a page has of one type. */
type Part = {
  readonly loaded: readonly Loaded[];
  /** The id behind which the type goes on. */
  readonly seen: string | undefined;
  readonly isEnd: boolean;
};

type PartOfType = Part & { readonly plan: Plan; readonly type: number };

/** Lists from a position on (RFC 9865 §2), type after type; a page costs the same wherever it is, and nothing is remembered. */
export async function listByCursor(directory: Directory, context: RequestContext, listing: Listing): Promise<CursorPage> {
  const cursors = cursorsOf(listing, context);
  const from = placeIn(cursors, listing);
  const [counted, { parts, next }] = await Promise.all([
    countAll(directory, context, listing),
    readParts(directory, context, listing, from ?? { type: 0 }),
  ]);
  const { items, end = next } = await itemsOf(directory, context, parts);
  const total = from === undefined && end === undefined ? items.length : counted;
  return {
    ...(total !== undefined && { total }),
    items: items.map(({ listed }) => listed),
    cursorBehind: (shown) => {
      const place = shown < items.length ? items[shown - 1]?.place : end;
      return place && cursors.at(place);
    },
  };
}

function placeIn(cursors: Cursors, { paging, selections }: Listing): PlaceOfType | undefined {
  const position = cursors.open(paging.cursor ?? '')?.position;
  if (position === undefined) return undefined;
  if (!('type' in position) || position.type >= selections.length) throw invalidCursor();
  return position;
}

/** The number in all, where the counters have it. */
async function countAll({ store }: Directory, context: RequestContext, { selections }: Listing): Promise<number | undefined> {
  if (!seesAll(context)) return undefined;
  const asked = selections.map((selection) => ({ type: selection.type.name, left: remainder(selection) }));
  if (asked.some(({ left }) => typeof left !== 'boolean')) return undefined;
  const counts = await Promise.all(asked.map(({ type, left }) => (left === true ? store.count(type, context) : 0)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function readParts(
  directory: Directory,
  context: RequestContext,
  { paging, selections }: Listing,
  from: PlaceOfType,
): Promise<{ readonly parts: readonly PartOfType[]; readonly next?: PlaceOfType }> {
  const budget = pageBudget(directory, context);
  const parts: PartOfType[] = [];
  let left = paging.count;
  for (const [type, selection] of selections.entries()) {
    if (type < from.type || remainder(selection) === false) continue;
    if (left === 0 || budget.isSpent()) return { parts, next: { type } };
    const plan = await planFor(directory, context, selection);
    const part = await readPart(directory, context, plan, { after: type === from.type ? from.after : undefined, count: left }, budget);
    parts.push({ ...part, plan, type });
    left -= part.loaded.length;
    if (!part.isEnd) return { parts, next: placeBehind(type, part.seen) };
  }
  return { parts };
}

const placeBehind = (type: number, seen: string | undefined): PlaceOfType => ({ type, ...(seen !== undefined && { after: seen }) });

/** Takes as many as are wanted, and looks for one more as far as has been read. */
async function readPart(
  directory: Directory,
  context: RequestContext,
  plan: Plan,
  { after, count }: { readonly after: string | undefined; readonly count: number },
  budget: Budget,
): Promise<Part> {
  const loaded: Loaded[] = [];
  let seen = after;
  for await (const chunk of look(directory, context, plan, { after, first: count })) {
    for (const candidate of chunk.candidates) {
      const isMatch = matches(plan, candidate, context, budget) !== undefined;
      if (isMatch && loaded.length === count) return { loaded, seen, isEnd: false };
      if (isMatch) loaded.push(candidate);
      seen = candidate.resource.id;
    }
    seen = chunk.seen;
    if (chunk.isLast) return { loaded, seen, isEnd: true };
    if (loaded.length === count || budget.isSpent()) break;
  }
  return { loaded, seen, isEnd: false };
}

type Item = { readonly listed: Listed; readonly place: PlaceOfType };

/** What the page shows; `end` is where it goes on if it ends before what was found does, for its size. */
async function itemsOf(
  directory: Directory,
  context: RequestContext,
  parts: readonly PartOfType[],
): Promise<{ readonly items: readonly Item[]; readonly end?: PlaceOfType }> {
  const related = await Promise.all(parts.map(({ plan, loaded }) => relateListed(directory, context, plan, loaded)));
  const cutAt = parts.findIndex(({ loaded }, at) => (related[at]?.length ?? 0) < loaded.length);
  const shown = cutAt < 0 ? parts : parts.slice(0, cutAt + 1);
  const items = shown.flatMap(({ plan: { selection }, type }, at) =>
    (related[at] ?? []).map((loaded) => ({ listed: { selection, loaded }, place: { type, after: loaded.resource.id } })),
  );
  const end = cutAt < 0 ? undefined : items.at(-1)?.place;
  return { items, ...(end && { end }) };
}
