import { seededRandom } from '../../bench/support/random.ts';
import type { ChangeEvent } from '../../examples/vendor-app/event.ts';

type Kind = 'user' | 'group';
type Resource = {
  readonly id: string;
  readonly kind: Kind;
  version: number;
  said: number;
  isLive: boolean;
  active: boolean;
  name: string;
  /** Those that are removed among them count again when they are restored. */
  readonly members: Set<string>;
};

export type Random = (below: number) => number;

/** The same numbers for the same seed. */
export const randomFrom = (seed: number): Random => seededRandom(seed).below;

const SAID = 1_000_000;
const SNAPSHOT = 500_000;
/** So small that a change of a few members is several events. */
const IDS_OF_AN_EVENT = 3;

/**
 * A directory that makes random changes, and tells of them as the service does: one log, in which the events of a resource
 * keep their order and those of different resources do not.
 */
export class FakeDirectory {
  readonly log: ChangeEvent[] = [];
  readonly resources = new Map<string, Resource>();
  readonly #pending = new Map<string, ChangeEvent[]>();
  readonly #random: Random;
  readonly #values: 'none' | 'profile';
  #seconds = 0;

  constructor(random: Random, values: 'none' | 'profile') {
    this.#random = random;
    this.#values = values;
  }

  now = (): Date => new Date(this.#seconds * 1_000);

  change(): void {
    this.#seconds += 60;
    const changes = [
      this.#create,
      this.#create,
      this.#create,
      this.#rename,
      this.#join,
      this.#join,
      this.#leave,
      this.#flip,
      this.#remove,
      this.#restore,
      this.#replace,
    ];
    changes[this.#random(changes.length)]?.call(this);
  }

  /** Writes so many of the events that are due into the log, of any resources; now and then, some a second time. */
  tell(count = Number.POSITIVE_INFINITY): void {
    for (let told = 0; told < count && this.#pending.size > 0; told += 1) {
      const [id, events = []] = this.#pick([...this.#pending]) ?? [];
      this.log.push(...events.splice(0, 1));
      if (id !== undefined && events.length === 0) this.#pending.delete(id);
      if (this.#random(10) === 0) this.log.push(...this.log.slice(-1 - this.#random(5)));
    }
  }

  /** What any follower ends with. */
  users() {
    return this.live('user').map(({ id, active, name }) => ({ id, active, name }));
  }

  groups() {
    return this.live('group').map(({ id, name, members }) => ({ id, name, members: this.#visible(members) }));
  }

  live(kind: Kind): readonly Resource[] {
    return [...this.resources.values()].filter((each) => each.kind === kind && each.isLive).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** What a snapshot tells of a resource now, of a group's members those behind `after`. */
  snapshotOf(resource: Resource, after = ''): readonly ChangeEvent[] {
    const part = resource.said * SAID + SNAPSHOT;
    const batches = resource.kind === 'group' ? inBatches(this.#visible(resource.members).filter((id) => id > after)) : [];
    return [
      ...(after === '' ? [this.#stateEvent(resource, 'snapshot', part)] : []),
      ...batches.map((members, index) => ({ ...this.#event(resource, 'members.added', part + 1 + index), members })),
    ];
  }

  #create(): void {
    const kind = this.#random(3) === 0 ? 'group' : 'user';
    const id = `${kind}-${String(this.resources.size).padStart(4, '0')}`;
    const resource: Resource = { id, kind, version: 1, said: 0, isLive: true, active: true, name: this.#newName(), members: new Set() };
    this.resources.set(id, resource);
    this.#emit(this.#stateEvent(resource, 'created', 0));
  }

  #rename(): void {
    const resource = this.#pick([...this.live('user'), ...this.live('group')]);
    if (resource === undefined) return;
    resource.version += 1;
    resource.name = this.#newName();
    this.#emit(this.#stateEvent(resource, resource.kind === 'user' ? 'updated' : 'renamed', 0));
  }

  #flip(): void {
    const user = this.#pick(this.live('user'));
    if (user === undefined) return;
    user.version += 1;
    user.active = !user.active;
    this.#emit(this.#stateEvent(user, user.active ? 'reactivated' : 'deactivated', 0));
  }

  #join(): void {
    const group = this.#pick(this.live('group'));
    if (group === undefined) return;
    const others = [...this.live('user'), ...this.live('group')].filter(({ id }) => id !== group.id && !group.members.has(id));
    const joining = others.filter(() => this.#random(3) === 0).map(({ id }) => id);
    this.#changeMembers(group, 'added', joining, (id) => group.members.add(id));
  }

  #leave(): void {
    const group = this.#pick(this.live('group'));
    if (group === undefined) return;
    const leaving = this.#visible(group.members).filter(() => this.#random(3) === 0);
    this.#changeMembers(group, 'removed', leaving, (id) => group.members.delete(id));
  }

  #changeMembers(group: Resource, what: string, ids: readonly string[], change: (id: string) => void): void {
    if (ids.length === 0) return;
    group.version += 1;
    ids.forEach(change);
    for (const [part, members] of inBatches(ids).entries()) this.#emit({ ...this.#event(group, `members.${what}`, part), members });
  }

  #remove(): void {
    const resource = this.#pick([...this.live('user'), ...this.live('group')]);
    if (resource === undefined) return;
    const members = this.#visible(resource.members);
    resource.version += 1;
    resource.isLive = false;
    this.#emit(this.#event(resource, `${resource.kind}.removed`, 0));
    for (const [index, ids] of inBatches(members).entries())
      this.#emit({ ...this.#event(resource, 'members.removed', index + 1), members: ids });
  }

  #restore(): void {
    const resource = this.#pick(this.#removed());
    if (resource === undefined) return;
    Object.assign(resource, { version: resource.version + 2, said: 0, isLive: true });
    this.#emit(this.#stateEvent(resource, 'restored', 0));
    for (const members of inBatches(this.#visible(resource.members))) this.#say(resource, members);
    for (const group of this.live('group')) if (group.members.has(resource.id)) this.#say(group, [resource.id]);
  }

  /** An import creates it anew, and gives up what was kept. */
  #replace(): void {
    const resource = this.#pick(this.#removed());
    if (resource === undefined || this.#random(3) > 0) return;
    Object.assign(resource, { version: resource.version + 2, said: 0, isLive: true, active: true, name: this.#newName() });
    resource.members.clear();
    for (const group of this.resources.values())
      if (group.members.delete(resource.id) && group.isLive) this.#say(group, [resource.id], 'removed');
    this.#emit(this.#stateEvent(resource, 'created', 0));
  }

  #say(group: Resource, members: readonly string[], what = 'added'): void {
    group.said += 1;
    this.#emit({ ...this.#event(group, `members.${what}`, group.said * SAID), members });
  }

  #stateEvent(resource: Resource, what: string, part: number): ChangeEvent {
    const { kind, active } = resource;
    return {
      ...this.#event(resource, `${kind}.${what}`, part),
      ...(kind === 'user' && { active }),
      ...(this.#values === 'profile' && { profile: profileOf(resource) }),
    };
  }

  #event({ id, kind, version }: Resource, type: string, part: number): ChangeEvent {
    const time = this.now().toISOString();
    const resourceType = kind === 'user' ? 'User' : 'Group';
    return { id: `${id}.${version}.${part}`, type, resourceType, resourceId: id, version, part, time };
  }

  #emit(event: ChangeEvent): void {
    this.#pending.set(event.resourceId, [...(this.#pending.get(event.resourceId) ?? []), event]);
  }

  #visible(members: ReadonlySet<string>): readonly string[] {
    return [...members].filter((id) => this.resources.get(id)?.isLive).sort();
  }

  #removed = (): readonly Resource[] => [...this.resources.values()].filter(({ isLive }) => !isLive);
  #newName = (): string => `name ${this.#random(1_000_000)}`;
  #pick = <Value>(values: readonly Value[]): Value | undefined => values[this.#random(Math.max(1, values.length))];
}

export const profileOf = ({ kind, name }: Pick<Resource, 'kind' | 'name'>) =>
  kind === 'user' ? { userName: name } : { displayName: name };

const inBatches = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS_OF_AN_EVENT) }, (_, index) =>
    ids.slice(index * IDS_OF_AN_EVENT, (index + 1) * IDS_OF_AN_EVENT),
  );
