import type { IndexEntries, StoredResource } from '../../directory/resource.ts';
import { type Attributes, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import type { MembershipTypes } from '../membership-types.ts';
import { toResource } from '../rows.ts';

/** What is remembered of an item while the others are read: of a resource, not what it says of a person. */
export type Fact = {
  readonly pk: string;
  readonly sk: string;
  /** The item without documents. */
  readonly row: Attributes;
  /** Of a resource. */
  readonly resource?: {
    readonly type: string;
    readonly name: string | undefined;
    readonly isActive: boolean;
    /** Where the items have to be that it is found by. */
    readonly foundBy: readonly string[];
  };
  readonly bytes: number;
};

/** The keys that have to be there for a resource. */
export type EntriesOf = (resource: StoredResource) => IndexEntries;

export const NO_ENTRIES_EXPECTED: EntriesOf = () => ({ unique: [], lookup: [] });

/** As one text, for a set of them. */
export const placeOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk} ${sk}`;

/** Makes facts of items, of which nothing else has to be kept. */
export function factReader(types: MembershipTypes, entriesOf: EntriesOf): (row: Attributes) => Fact {
  const typeOf = new Map(types.all.map((type) => [partitionOf.resources(type), type]));
  return (row) => {
    const [pk, sk] = [text(row, 'pk'), text(row, 'sk')];
    const type = typeOf.get(pk);
    const { attributes: _attributes, lastChange: _change, profile: _profile, text: _text, told: _told, externalIds: _ids, ...kept } = row;
    return { pk, sk, row: kept, bytes: sizeOf(row), ...(type !== undefined && { resource: read(type, row, types, entriesOf) }) };
  };
}

function read(type: string, row: Attributes, types: MembershipTypes, entriesOf: EntriesOf): NonNullable<Fact['resource']> {
  const resource = toResource(type, row);
  const { unique, lookup } = entriesOf(resource);
  return {
    type,
    name: types.nameOf(resource),
    isActive: resource.attributes['active'] !== false,
    foundBy: [
      ...unique.map((entry) => placeOf(keyOf.unique(type, entry))),
      ...lookup.map((entry) => placeOf(keyOf.lookup(type, entry, resource.id))),
    ],
  };
}

/** As the service counts it: names and values in UTF-8, numbers at about a byte for two digits. */
const sizeOf = (row: Attributes): number =>
  Object.entries(row).reduce((bytes, [name, value = '']) => {
    const own = typeof value === 'number' ? Math.ceil(String(value).length / 2) + 1 : Buffer.byteLength(value);
    return bytes + Buffer.byteLength(name) + own;
  }, 0);
