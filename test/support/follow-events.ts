import { type ChangeEvent, isLater } from '../../src/directory/feed/change-event.ts';

/** A resource as whoever follows the directory knows it. */
export type Followed = Pick<ChangeEvent, 'active' | 'profile'> & { readonly type: string; readonly members: readonly string[] };

/** Where a resource stands, and what it is; one that was removed is remembered for its version. */
type Known = Pick<ChangeEvent, 'version' | 'part'> & { readonly members: readonly string[]; readonly now: Followed | undefined };

const UNKNOWN: Known = { version: 0, part: 0, members: [], now: undefined };

/** These say what a group is whatever was said of it before; its members follow. */
const ANEW = /\.(created|restored|snapshot)$/;

/** Follows a directory by its events alone: each may come again, and those of different resources in any order. */
export function follow(events: readonly ChangeEvent[]): Readonly<Record<string, Followed>> {
  const known = new Map<string, Known>();
  for (const event of events) {
    const before = known.get(event.resourceId) ?? UNKNOWN;
    if (isLater(event, before)) known.set(event.resourceId, after(before, event));
  }
  const live = [...known].flatMap(([id, { now, members }]) => (now === undefined ? [] : [{ id, now, members }]));
  const isLive = new Set(live.map(({ id }) => id));
  return Object.fromEntries(
    live.map(({ id, now, members }) => [id, { ...now, members: members.filter((each) => isLive.has(each)).sort() }]),
  );
}

function after({ members: before, now }: Known, { type, version, part, resourceType, active, profile, members = [] }: ChangeEvent): Known {
  if (type === 'members.removed') return { version, part, now, members: before.filter((id) => !members.includes(id)) };
  if (type === 'members.added') return { version, part, now, members: [...new Set([...before, ...members])] };
  if (type.endsWith('.removed')) return { version, part, now: undefined, members: before };
  const state = { type: resourceType, ...(active !== undefined && { active }), ...(profile && { profile }), members: [] };
  return { version, part, now: state, members: ANEW.test(type) ? [] : before };
}
