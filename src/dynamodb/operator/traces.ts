import { isObject, type JsonObject } from '../../scim/json.ts';
import { allOf, type Condition, isEqual, isUnset } from '../condition.ts';
import { type Attributes, document, optionalText, text } from '../item.ts';
import { ALIVE, BACKFILLS, type TableKey } from '../keys.ts';
import { inFeed, inManifest } from './feed-traces.ts';
import type { Trace } from './trace.ts';

/** @param row any of the table, read as a whole */
export function traceIn(row: Attributes, id: string): Trace | undefined {
  if (!Object.values(row).some((value) => typeof value === 'string' && value.includes(id))) return undefined;
  const judge = JUDGES.find(({ pk }) => pk.test(text(row, 'pk')))?.judge ?? (() => PASSING);
  return judge(row, { pk: text(row, 'pk'), sk: text(row, 'sk') }, id);
}

type Judge = (row: Attributes, key: TableKey, id: string) => Trace | undefined;

const PASSING: Trace = { kind: 'passing' };

const erasing = (key: TableKey, condition?: Condition): Trace => ({
  kind: 'erase',
  write: { kind: 'delete', key, ...(condition && { condition }) },
});

const inMembership: Judge = (row, key) => (key.sk === ALIVE || row['change'] !== undefined ? PASSING : erasing(key, isUnset('change')));

/** Where a group's row says who came and went last. */
const REMEMBERED = ['lastChange', 'told'] as const;

/**
 * Its group's row names it as a member added or removed last; what is in attributes is the word of that resource's client.
 * How far it was told who was in a removed group ends with that, or with what is kept of the group.
 */
function inResource(row: Attributes, key: TableKey, id: string): Trace | undefined {
  if (key.sk === id || isPlaceUnderWay(row, id)) return PASSING;
  const naming = [...REMEMBERED, 'announced'].filter((name) => optionalText(row, name)?.includes(id));
  if (naming.length === 0) return { kind: 'mention' };
  const isPlace = (name: string): boolean => name === 'announced';
  const set = Object.fromEntries(
    naming.map((name) => [name, isPlace(name) ? undefined : JSON.stringify(without(document(row, name), id))]),
  );
  const condition = allOf(...naming.map((name) => isEqual(name, text(row, name))));
  return { kind: 'erase', write: { kind: 'update', key, set, condition } };
}

/** Whose members are told of has in its row how far that is; an announcement that a change has overtaken does not go on from there. */
function isPlaceUnderWay(row: Attributes, id: string): boolean {
  const isNamed = (name: string): boolean => optionalText(row, name)?.includes(id) ?? false;
  if (!isNamed('announced')) return isNamed('departures');
  const { version, said } = document(row, 'announced');
  return version === row['version'] && said === (row['said'] ?? 0);
}

const without = (remembered: JsonObject, id: string): JsonObject =>
  Object.fromEntries(
    Object.entries(remembered).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.filter((each) => isObject(each) || each !== id) : value,
    ]),
  );

/** The place a walk ended at, and who was in its way. One that is under way writes both anew. */
function inBackfill(row: Attributes, key: TableKey, id: string): Trace | undefined {
  if (row['finishedAt'] === undefined || !key.sk.startsWith(BACKFILLS.from)) return PASSING;
  const ids: unknown = JSON.parse(text(row, 'stuckIds'));
  const stuckIds = JSON.stringify(Array.isArray(ids) ? ids.filter((each) => each !== id) : []);
  const set = { stuckIds, ...(row['after'] === id && { after: undefined }) };
  return { kind: 'erase', write: { kind: 'update', key, set, condition: isEqual('revision', text(row, 'revision')) } };
}

/** The next look for free seats begins anew. */
const inSeats: Judge = (_row, key, id) => ({
  kind: 'erase',
  write: { kind: 'update', key, set: { lookedUpTo: undefined }, condition: isEqual('lookedUpTo', id) },
});

/** By the partition; the first that fits. What is in none of these is work in progress, and ends with it. */
const JUDGES: readonly { readonly pk: RegExp; readonly judge: Judge }[] = [
  { pk: /^(Group#.+#Members#\d|Member#.+#Groups)$/, judge: inMembership },
  { pk: /^Removed#.+#(Members#\d|Past)$|#Nested$/, judge: (_row, key) => erasing(key) },
  { pk: /^Restored#/, judge: (_row, key, id) => (key.sk === id ? erasing(key) : PASSING) },
  { pk: /^Bookmark#/, judge: (row, key) => erasing(key, isEqual('marks', text(row, 'marks'))) },
  { pk: /^(Unique|Kept)#/, judge: (row, key, id) => (row['id'] === id ? erasing(key, isEqual('id', id)) : undefined) },
  { pk: /^Settings$/, judge: inBackfill },
  { pk: /^Seats$/, judge: inSeats },
  { pk: /^Feed$/, judge: inFeed },
  { pk: /^Group#[^#]+#Change#/, judge: inManifest },
  { pk: /^Lookup#/, judge: (_row, key, id) => (key.sk === id ? erasing(key) : undefined) },
  { pk: /^(Removed#[^#]+|[^#]+#\d+)$/, judge: inResource },
];
