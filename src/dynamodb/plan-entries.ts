import { StaleRead } from '../directory/ports.ts';
import { type IndexEntries, type IndexEntry, isMarkEntry, MOST_ENTRIES } from '../directory/resource.ts';
import { ScimError } from '../scim/errors.ts';
import { anyOf, isAbsent, isEqual } from './condition.ts';
import { isShortened, keyOf, type TableKey } from './keys.ts';
import type { PlannedWrite } from './write.ts';

export const NO_ENTRIES: IndexEntries = { unique: [], lookup: [] };

type Owner = { readonly type: string; readonly id: string };

/**
 * Moves a resource from the keys it was found by to those it shall be found by; what stays is not touched.
 *
 * @throws {ScimError} tooLarge — it could never be removed in one transaction
 */
export function planEntries({ type, id }: Owner, before: IndexEntries, after: IndexEntries): readonly PlannedWrite[] {
  const unique = difference(before.unique, after.unique, (entry) => keyOf.unique(type, entry));
  const lookup = difference(before.lookup, after.lookup, (entry) => keyOf.lookup(type, entry, id));
  const isMore = unique.added.length + lookup.added.length > 0;
  if (isMore && after.unique.length + after.lookup.length > MOST_ENTRIES) throw tooMany();
  return [
    ...unique.added.map(({ key, entry }) => claim(type, id, key, entry)),
    ...unique.dropped.map(({ key }) => release(id, key)),
    ...lookup.added.map(({ key, entry }): PlannedWrite => ({ write: { kind: 'put', key, attributes: { value: keptValue(key, entry) } } })),
    ...lookup.dropped.map(({ key }): PlannedWrite => ({ write: { kind: 'delete', key } })),
  ];
}

function claim(type: string, id: string, key: TableKey, entry: IndexEntry): PlannedWrite {
  return {
    write: { kind: 'put', key, attributes: { id, value: keptValue(key, entry) }, condition: isAbsent },
    onConditionFailed: () => (isMarkEntry(entry) ? new StaleRead() : taken(type, entry)),
  };
}

const taken = (type: string, { attribute }: IndexEntry): ScimError =>
  new ScimError('uniqueness', `Another ${type} already has this ${attribute}; find it with a filter on ${attribute}.`);

const tooMany = (): ScimError =>
  new ScimError(
    'tooLarge',
    `A resource can be found by at most ${MOST_ENTRIES} values: its name, external ids, e-mail addresses, and what else an operator has made a matching attribute. Send fewer of them.`,
  );

/** One that is not there is as good as released; one that is another's must stay. */
const release = (id: string, key: TableKey): PlannedWrite => ({
  write: { kind: 'delete', key, condition: anyOf(isAbsent, isEqual('id', id)) },
  onConditionFailed: () => new StaleRead(),
});

/** A value whose key only carries its digest is kept beside it. */
const keptValue = (key: TableKey, { value }: IndexEntry): string | undefined => (isShortened(key) ? value : undefined);

type Keyed = { readonly key: TableKey; readonly entry: IndexEntry };

/** By key, because a transaction may not name one item twice. */
function difference(before: readonly IndexEntry[], after: readonly IndexEntry[], toKey: (entry: IndexEntry) => TableKey) {
  const byKey = (entries: readonly IndexEntry[]): ReadonlyMap<string, Keyed> =>
    new Map(entries.map((entry) => ({ key: toKey(entry), entry })).map((keyed) => [keyed.key.pk, keyed]));
  const [old, wanted] = [byKey(before), byKey(after)];
  return {
    added: [...wanted].filter(([pk]) => !old.has(pk)).map(([, keyed]) => keyed),
    dropped: [...old].filter(([pk]) => !wanted.has(pk)).map(([, keyed]) => keyed),
  };
}
