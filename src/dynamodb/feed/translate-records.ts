import type { FeedEntry } from '../../directory/feed/ports.ts';
import type { EventValues } from '../../directory/feed/state.ts';
import type { StoreCall } from '../../directory/ports.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import { type Attributes, text, unmarshal } from '../item.ts';
import { isResourcePartition } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { entriesOf } from './entries-of-change.ts';
import { pastRemovalKeyOf, type RowChange, removalKeyOf, toRowChange } from './row-change.ts';
import type { TableRecord } from './table-record.ts';

export type Translating = {
  readonly table: TableClient;
  /** `isFresh`: as it is at this moment, since a type that is missing may have been added just now. */
  readonly registryOf: (call: StoreCall, isFresh: boolean) => Promise<Registry>;
  readonly values: EventValues;
};

/** What a record of the stream has to tell: nothing, entries of the log, or that it cannot be understood. */
export type Translation =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'entries'; readonly entries: readonly FeedEntry[] }
  | { readonly kind: 'poison'; readonly error: unknown };

const NOTHING = { kind: 'nothing' } as const;

/**
 * Translates a batch of the stream, record by record.
 *
 * @throws {ScimError} unavailable — what it takes to understand them cannot be read
 */
export async function translateRecords(
  translating: Translating,
  records: readonly TableRecord[],
  call: StoreCall,
): Promise<readonly Translation[]> {
  const read = records.map((record) => attempt(() => toRowChange(record)));
  const changes = read.flatMap(({ value }) => value ?? []);
  if (changes.length === 0) return read.map(({ error }) => (error === undefined ? NOTHING : { kind: 'poison', error }));
  const [terms, removals] = await Promise.all([termsFor(translating, changes, call), readRemovals(translating, changes, call)]);
  return read.map(({ value, error }): Translation => {
    if (error !== undefined) return { kind: 'poison', error };
    if (value === undefined) return NOTHING;
    const told = attempt(() => entriesOf(value, terms, removals.get(nameOf(value.id, value.before?.['version']))));
    return told.value === undefined ? { kind: 'poison', error: told.error } : { kind: 'entries', entries: told.value };
  });
}

/** The resource a record is about, whatever is wrong with it; with the last version of it that can be made out. */
export function resourceIn({ dynamodb: { Keys, NewImage, OldImage } = {} }: TableRecord) {
  const [key, image] = [Keys ?? NewImage ?? OldImage, NewImage ?? OldImage];
  if (key === undefined || !isResourcePartition(key['pk']?.S ?? '')) return undefined;
  const { pk, sk } = { pk: text(unmarshal(key), 'pk'), sk: text(unmarshal(key), 'sk') };
  const version = image && Number(image['version']?.N);
  return { type: decodeURIComponent(pk.slice(0, pk.indexOf('#'))), id: sk, ...(Number.isInteger(version) && { version }) };
}

async function termsFor({ registryOf, values }: Translating, changes: readonly RowChange[], call: StoreCall) {
  const known = await registryOf(call, false);
  const isComplete = changes.every(({ type }) => known.some(({ name }) => name === type));
  return { registry: isComplete ? known : await registryOf(call, true), values };
}

/** Who removed what: the tombstones say so, and of those that have gone by now, what was kept in their place with their end. */
async function readRemovals({ table }: Translating, changes: readonly RowChange[], call: StoreCall): Promise<Map<string, Attributes>> {
  const tombstones = await table.getMany(
    changes.flatMap((change) => removalKeyOf(change) ?? []),
    call,
  );
  const found = new Map(tombstones.map((row) => [nameOf(text(row, 'sk'), row['version']), row]));
  const others = changes.filter(({ id, before }) => !found.has(nameOf(id, before?.['version'])));
  const past = await table.getMany(
    others.flatMap((change) => pastRemovalKeyOf(change) ?? []),
    call,
  );
  return new Map([...found, ...past.map((row) => [nameOf(text(row, 'id'), row['version']), row] as const)]);
}

const nameOf = (id: string, version: unknown): string => `${id} ${String(version)}`;

type Attempted<Value> = { readonly value?: Value; readonly error?: unknown };

function attempt<Value>(work: () => Value): Attempted<Value> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
