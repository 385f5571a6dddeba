import type { FeedEntry } from '../../directory/feed/ports.ts';
import { type EventValues, familyOf, stateOf } from '../../directory/feed/state.ts';
import type { Registry, ResourceType } from '../../scim/schema/resource-type.ts';
import { type Attributes, MalformedItem, number } from '../item.ts';
import { type LastChange, toResource } from '../rows.ts';
import { groupUpdates, membersChanged, type Update, userUpdates } from './kinds-of-update.ts';
import { authorIn, lastChangeIn, saidIn, toldIn } from './last-change.ts';
import type { RowChange } from './row-change.ts';

/** What must be known to tell of changes. */
export type FeedTerms = { readonly registry: Registry; readonly values: EventValues };

/** What is told without a new version comes behind all that this version itself gave rise to. */
const PARTS_OF_A_VERSION = 1_000_000;

/**
 * Says what a write to a resource's row is told as: nothing, where it was no change of the resource.
 *
 * @param tombstone what is kept of the removal, if anything is
 * @throws {Error} of any kind, where the row cannot be understood: it will never be
 */
export function entriesOf(change: RowChange, { registry, values }: FeedTerms, tombstone?: Attributes): readonly FeedEntry[] {
  const type = registry.find(({ name }) => name === change.type);
  const { before, after } = change;
  if (after === undefined) return before === undefined ? [] : [removalOf(type, change, before, tombstone)];
  if (type === undefined) throw new MalformedItem('a resource is of no type that is known here');
  if (before === undefined) return arrivalOf({ type, row: after, values });
  if (number(after, 'version') > number(before, 'version')) return updatesOf({ type, row: after, values }, before);
  return saidIn(after) > saidIn(before) ? saidOf({ type, row: after, values }, change.at) : [];
}

/** A resource's row, and what is told of it. */
type Subject = { readonly type: ResourceType; readonly row: Attributes; readonly values: EventValues };

type Common = Omit<FeedEntry, 'type' | 'part'>;

/**
 * It is above the version of what was removed: there is no row that says so.
 *
 * @param type none where that is gone by now, too, as only one that was added can be
 */
function removalOf(
  type: ResourceType | undefined,
  { type: resourceType, id, at }: RowChange,
  before: Attributes,
  tombstone: Attributes | undefined,
): FeedEntry {
  const version = number(before, 'version');
  const author = tombstone?.['version'] === version ? authorIn(tombstone) : undefined;
  return {
    type: `${type ? familyOf(type) : 'resource'}.removed`,
    resourceType,
    resourceId: id,
    version: version + 1,
    part: 0,
    time: at,
    ...author,
  };
}

function arrivalOf(subject: Subject): readonly FeedEntry[] {
  const { type, row } = subject;
  const lastChange = lastChangeIn(row);
  const what = lastChange.act ?? 'created';
  const updates: readonly Update[] = [{ type: `${familyOf(type)}.${what}`, paths: lastChange.paths }, ...membersChanged(lastChange)];
  return entriesFor(subject, commonOf(subject, lastChange), updates);
}

function updatesOf(subject: Subject, before: Attributes): readonly FeedEntry[] {
  const { type, row } = subject;
  const lastChange = lastChangeIn(row);
  const [old, now] = [toResource(type.name, before), toResource(type.name, row)];
  const updates =
    type.membersAttribute === undefined
      ? userUpdates(type, lastChange, old, now)
      : groupUpdates(type, lastChange, now.nameVersion === now.version);
  return entriesFor(subject, commonOf(subject, lastChange), updates);
}

/** What has changed without a new version of the resource: memberships that came back, or what a mapping makes of it. */
function saidOf(subject: Subject, time: string): readonly FeedEntry[] {
  const { type, row, values } = subject;
  const told = toldIn(row);
  if (told === undefined && values === 'none') return [];
  const common = { ...identityOf(subject), time };
  const updates = told === undefined ? [{ type: `${familyOf(type)}.updated`, paths: [] } as const] : membersChanged(told);
  return entriesFor(subject, common, updates, saidIn(row) * PARTS_OF_A_VERSION);
}

const identityOf = ({ type, row }: Subject) => {
  const { id, version } = toResource(type.name, row);
  return { resourceType: type.name, resourceId: id, version };
};

const commonOf = (subject: Subject, lastChange: LastChange): Common => ({
  ...identityOf(subject),
  time: lastChange.at,
  ...authorOf(lastChange),
});

const authorOf = ({ application, requestId }: LastChange) => ({ application, requestId });

function entriesFor({ type, row, values }: Subject, common: Common, updates: readonly Update[], firstPart = 0): readonly FeedEntry[] {
  const state = stateOf(type, toResource(type.name, row), values);
  return updates.map((update, index) => ({
    ...common,
    ...update,
    part: firstPart + index,
    ...(!isOfMembers(update) && state),
  }));
}

const isOfMembers = ({ members, manifest }: Update): boolean => members !== undefined || manifest !== undefined;
