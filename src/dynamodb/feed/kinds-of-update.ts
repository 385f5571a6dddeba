import { IDS_OF_AN_EVENT } from '../../directory/feed/change-event.ts';
import type { FeedEntry } from '../../directory/feed/ports.ts';
import { familyOf } from '../../directory/feed/state.ts';
import { isActive, type StoredResource, USER } from '../../directory/resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { chunksOf } from '../at-once.ts';
import type { LastChange } from '../rows.ts';

/** One of the things a change was, told as an event of its own; in the order they are told. */
export type Update = Pick<FeedEntry, 'type' | 'paths' | 'members' | 'manifest'>;

const ACTIVE = 'active';

/** Whoever only listens for users that come and go hears of that alone. */
export function userUpdates(type: ResourceType, { paths }: LastChange, before: StoredResource, after: StoredResource): readonly Update[] {
  const updated = `${familyOf(type)}.updated` as const;
  if (type.name !== USER || isActive(before) === isActive(after)) return [{ type: updated, paths }];
  const others = paths.filter((path) => path !== ACTIVE);
  return [
    ...(others.length > 0 ? [{ type: updated, paths: others }] : []),
    { type: isActive(after) ? 'user.reactivated' : 'user.deactivated', paths: [ACTIVE] },
  ];
}

export function groupUpdates(type: ResourceType, lastChange: LastChange, isRenamed: boolean): readonly Update[] {
  const ofMembers = membersChanged(lastChange);
  const isName = (path: string): boolean => isRenamed && type.subjectAttributes.includes(path);
  const isMembers = (path: string): boolean => ofMembers.length > 0 && path === type.membersAttribute;
  const others = lastChange.paths.filter((path) => !isName(path) && !isMembers(path));
  const isOther = others.length > 0 || (!isRenamed && ofMembers.length === 0);
  return [
    ...(isRenamed ? [{ type: 'group.renamed', paths: lastChange.paths.filter(isName) } as const] : []),
    ...(isOther ? [{ type: 'group.updated', paths: others } as const] : []),
    ...ofMembers,
  ];
}

/** One that is both, taken out and put in again, is a member afterwards. A large change is cut when it is read. */
export const membersChanged = ({
  added = [],
  removed = [],
  manifest,
}: Pick<LastChange, 'added' | 'removed' | 'manifest'>): readonly Update[] => [
  ...chunksOf(removed, IDS_OF_AN_EVENT).map((members) => ({ type: 'members.removed', members }) as const),
  ...chunksOf(added, IDS_OF_AN_EVENT).map((members) => ({ type: 'members.added', members }) as const),
  ...(manifest === undefined ? [] : [{ type: 'members.added', manifest } as const]),
];
