import { type ChangeEvent, isLater } from '../../src/directory/feed/change-event.ts';

/** A resource as whoever follows the directory knows it. */
export type Followed = Pick<ChangeEvent, 'active' | 'profile'> & { readonly type: string; readonly members: readonly string[] };

/** Where a resource stands, and what it is; one that was removed is remembered for its version. */
type Known = Pick<ChangeEvent, 'version' | 'part'> & { readonly members: readonly string[]; readonly now: Followed | undefined };

const UNKNOWN: Known = { version: 0, part: 0, members: [], now: undefined };

/** These say what a group is whatever was said of it before; its members follow. */
const ANEW = /\.(created|restored|snapshot)$/;

/** Goes by the events as whoever follows the directory has to, and by nothing else: each may come again, and those of different resources in any order. */
export class Follower {
  readonly #known = new Map<string, Known>();

  take(event: ChangeEvent, phase: 'snapshot' | 'changes' = 'changes'): void {
    const before = this.#known.get(event.resourceId) ?? UNKNOWN;
    if (phase === 'snapshot' || isLater(event, before)) this.#known.set(event.resourceId, after(before, event));
  }

  /** What is there, with the members of each that are there too. */
  followed(): Readonly<Record<string, Followed>> {
    const live = [...this.#known].flatMap(([id, { now, members }]) => (now === undefined ? [] : [{ id, now, members }]));
    const isLive = new Set(live.map(({ id }) => id));
    return Object.fromEntries(
      live.map(({ id, now, members }) => [id, { ...now, members: members.filter((each) => isLive.has(each)).sort() }]),
    );
  }

  /** The members of each resource that is there. */
  directory(): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.entries(this.followed()).map(([id, { members }]) => [id, members]));
  }
}

export function follow(events: readonly ChangeEvent[]): Readonly<Record<string, Followed>> {
  const follower = new Follower();
  for (const event of events) follower.take(event);
  return follower.followed();
}

function after({ members: before, now }: Known, { type, version, part, resourceType, active, profile, members = [] }: ChangeEvent): Known {
  if (type === 'members.removed') return { version, part, now, members: before.filter((id) => !members.includes(id)) };
  if (type === 'members.added') return { version, part, now, members: [...new Set([...before, ...members])] };
  if (type.endsWith('.removed')) return { version, part, now: undefined, members: before };
  const state = { type: resourceType, ...(active !== undefined && { active }), ...(profile && { profile }), members: [] };
  return { version, part, now: state, members: ANEW.test(type) ? [] : before };
}
