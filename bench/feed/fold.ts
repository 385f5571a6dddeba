import { type ChangeEvent, isLater } from '../../src/directory/feed/change-event.ts';
import type { State, UserState } from './state.ts';

type Known = Pick<ChangeEvent, 'version' | 'part'> & {
  readonly isLive: boolean;
  readonly user: UserState;
  readonly displayName: string | undefined;
};

/** What the directory must be by its log, where the log has values: a second consumer, with nothing in common with the example. */
export function stateOf(events: readonly ChangeEvent[]): State {
  const resources = new Map<string, Known & { readonly resourceType: string }>();
  const members = new Map<string, Set<string>>();
  for (const event of events) {
    const known = resources.get(event.resourceId);
    if (known !== undefined && !isLater(event, known)) continue;
    resources.set(event.resourceId, { ...applied(event, known), resourceType: event.resourceType });
    if (event.resourceType === 'Group') applyMembers(event, members);
    if (event.type.endsWith('.created')) for (const ids of members.values()) ids.delete(event.resourceId);
  }
  const live = [...resources].filter(([, { isLive }]) => isLive);
  const liveIds = new Set(live.map(([id]) => id));
  const ofType = (type: string) => live.filter(([, { resourceType }]) => resourceType === type);
  const membersOf = (id: string): readonly string[] => [...(members.get(id) ?? [])].filter((member) => liveIds.has(member)).sort();
  return {
    users: new Map(ofType('User').map(([id, { user }]) => [id, user])),
    groups: new Map(ofType('Group').map(([id, { displayName }]) => [id, { displayName, members: membersOf(id) }])),
  };
}

function applied({ type, version, part, active, profile }: ChangeEvent, known: Known | undefined): Known {
  const isMembers = type.startsWith('members.');
  const before = known?.user ?? { active: undefined, userName: undefined, title: undefined };
  return {
    version,
    part,
    isLive: isMembers ? (known?.isLive ?? false) : !type.endsWith('.removed'),
    user: {
      active: active ?? before.active,
      ...(profile === undefined
        ? { userName: before.userName, title: before.title }
        : { userName: textOf(profile['userName']), title: textOf(profile['title']) }),
    },
    displayName: profile === undefined ? known?.displayName : textOf(profile['displayName']),
  };
}

function applyMembers({ type, resourceId, members: ids = [] }: ChangeEvent, members: Map<string, Set<string>>): void {
  if (type === 'group.removed' || type === 'group.snapshot' || !members.has(resourceId)) members.set(resourceId, new Set());
  const own = members.get(resourceId);
  for (const id of ids) {
    if (type === 'members.added') own?.add(id);
    if (type === 'members.removed') own?.delete(id);
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
