import { same } from '../../same.ts';
import type { Attribute } from '../attribute.ts';
import type { Schema } from '../resource-type.ts';
import { type Customization, type CustomType, type ExtensionUse, partsOf } from './customization.ts';

/** One thing that a change does, in words. */
export type SchemaChange = {
  readonly kind: 'added' | 'changed' | 'removed';
  /** A URN, the path of an attribute, or a resource type. */
  readonly subject: string;
  readonly detail?: string;
};

/** Lists what makes one customization the other. */
export const changesBetween = (before: Customization, after: Customization): readonly SchemaChange[] => [
  ...pair(before.schemas, after.schemas, ({ id }) => id).flatMap(schemaChanges),
  ...pair(before.types, after.types, ({ name }) => name).flatMap(typeChanges),
];

/** An item before and after: one of the two may not be there. */
type Pair<Item> = { readonly key: string } & (
  | { readonly before: Item; readonly after: Item | undefined }
  | { readonly before: undefined; readonly after: Item }
);

function pair<Item>(before: readonly Item[], after: readonly Item[], keyOf: (item: Item) => string): readonly Pair<Item>[] {
  const find = (items: readonly Item[], key: string): Item | undefined => items.find((item) => keyOf(item) === key);
  const kept = before.map((item) => ({ key: keyOf(item), before: item, after: find(after, keyOf(item)) }));
  const added = after.filter((item) => find(before, keyOf(item)) === undefined);
  return [...kept, ...added.map((item) => ({ key: keyOf(item), before: undefined, after: item }))];
}

function schemaChanges({ key, before, after }: Pair<Schema>): readonly SchemaChange[] {
  if (before === undefined) return [{ kind: 'added', subject: key, detail: counted(after.attributes) }];
  if (after === undefined) return [{ kind: 'removed', subject: key, detail: counted(before.attributes) }];
  return [
    ...detailsChanged(key, before, after, ['name', 'description']),
    ...attributeChanges(`${key}:`, before.attributes, after.attributes),
  ];
}

const counted = ({ length }: readonly Attribute[]): string => (length === 1 ? '1 attribute' : `${length} attributes`);

const attributeChanges = (prefix: string, before: readonly Attribute[], after: readonly Attribute[]): readonly SchemaChange[] =>
  pair(before, after, ({ name }) => name).flatMap(({ key, before: old, after: attribute }): readonly SchemaChange[] => {
    const subject = prefix + key;
    if (old === undefined) return [{ kind: 'added', subject, detail: attribute.type }];
    if (attribute === undefined) return [{ kind: 'removed', subject, detail: old.type }];
    return [
      ...detailsChanged(subject, old, attribute, CHARACTERISTICS),
      ...attributeChanges(`${subject}.`, partsOf(old), partsOf(attribute)),
    ];
  });

const CHARACTERISTICS = [
  'type',
  'multiValued',
  'required',
  'caseExact',
  'mutability',
  'returned',
  'uniqueness',
  'canonicalValues',
  'referenceTypes',
  'description',
] as const satisfies readonly (keyof Attribute)[];

/** Says what a characteristic was and is, unless that is text for people. */
function detailsChanged<Item, Key extends string & keyof Item>(
  subject: string,
  before: Item,
  after: Item,
  keys: readonly Key[],
): readonly SchemaChange[] {
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (changed.length === 0) return [];
  const details = changed.map((key) =>
    key === 'description' || key === 'name' ? key : `${key} ${words(before[key])} → ${words(after[key])}`,
  );
  return [{ kind: 'changed', subject, detail: details.join(', ') }];
}

const words = (value: unknown): string => (Array.isArray(value) ? value.join('|') : String(value ?? 'none'));

function typeChanges({ key, before, after }: Pair<CustomType>): readonly SchemaChange[] {
  const subject = `resource type ${key}`;
  const uses = pair(before?.extensions ?? [], after?.extensions ?? [], ({ schema }) => schema);
  return [...ownChanges(subject, before?.own, after?.own), ...uses.flatMap((use) => useChanges(key, use))];
}

function ownChanges(subject: string, before: CustomType['own'], after: CustomType['own']): readonly SchemaChange[] {
  if (same(before, after)) return [];
  if (before === undefined) return [{ kind: 'added', subject, ...(after && { detail: `at ${after.endpoint}` }) }];
  if (after === undefined) return [{ kind: 'removed', subject, detail: `at ${before.endpoint}` }];
  return detailsChanged(subject, before, after, ['endpoint', 'schema', 'description']);
}

function useChanges(type: string, { key, before, after }: Pair<ExtensionUse>): readonly SchemaChange[] {
  const subject = `extension ${key} of ${type}`;
  const detail = after?.required === true ? { detail: 'required' } : {};
  if (before === undefined) return [{ kind: 'added', subject, ...detail }];
  if (after === undefined) return [{ kind: 'removed', subject }];
  return detailsChanged(subject, before, after, ['required']);
}
