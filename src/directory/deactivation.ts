import type { Policy } from '../access/policy.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { RequestContext } from './context.ts';
import { indexEntries } from './index-entries.ts';
import type { SeatLimit } from './ports.ts';
import { isActive, type KeptEntry, type StoredResource, USER } from './resource.ts';

const NAME = 'userName';

/** The removal of a user, which writes each, has to fit into one transaction. */
const MOST_KEPT_ENTRIES = 3;

/**
 * Says whether a PATCH or PUT removes the user instead of changing it.
 *
 * Only what takes `active` away does. A user who was created inactive stays when it is said again: removed, the client would
 * create it again, and so on for ever.
 */
export const isRemoval = ({ deleteDeactivatedUsers, features }: Policy, { name }: ResourceType, before: Attributed, after: Attributed) =>
  deleteDeactivatedUsers === 'on' && features.remove === 'on' && name === USER && isActive(before) && !isActive(after);

type Attributed = Pick<StoredResource, 'attributes'>;

/** Says whether what a DELETE removes is kept without end, and given back to the same person. */
export const keepsRemoved = ({ deleteDeactivatedUsers }: Policy, { name }: ResourceType): boolean =>
  deleteDeactivatedUsers === 'off' && name === USER;

/**
 * Lists under what a user is kept: its name, with what each application calls it; a reused name alone leads nowhere.
 *
 * @param first the application whose entry must be among them
 */
export const keptEntries = (type: ResourceType, resource: StoredResource, first: string): readonly KeptEntry[] =>
  possibleKeptEntries(type, resource)
    .toSorted((one, other) => Number(other.application === first) - Number(one.application === first))
    .slice(0, MOST_KEPT_ENTRIES);

/** Lists under what a user may be kept, whichever application had it removed. */
export function possibleKeptEntries(type: ResourceType, resource: StoredResource): readonly KeptEntry[] {
  const name = indexEntries(type, resource).unique.find(({ attribute }) => attribute === NAME);
  if (name === undefined) return [];
  return Object.entries(resource.externalIds).map(([application, externalId]) => ({ name, application, externalId }));
}

/** The entry under which a former user of this name and external id would be kept; undefined where none is looked for. */
export function formerEntry(policy: Policy, type: ResourceType, newcomer: StoredResource, application: string): KeptEntry | undefined {
  const own = keepsRemoved(policy, type) ? keptEntries(type, newcomer, application)[0] : undefined;
  return own?.application === application ? own : undefined;
}

/** How many users may be active after a change that this application asks for. */
export const seatLimit = ({ policy: { maxActiveUsers }, principal }: RequestContext): { readonly seats?: SeatLimit } =>
  maxActiveUsers === null ? {} : { seats: { limit: maxActiveUsers, application: principal.application } };
