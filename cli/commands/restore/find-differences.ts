import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import {
  compareMemberships,
  compareResources,
  type MembershipDifference,
  type ResourceDifference,
  type States,
} from '../../../src/directory/restore/compare.ts';
import type { Wanted } from '../../../src/directory/restore/plan-lines.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';

/** What a restore is about. */
export type Scope = {
  readonly wanted: Wanted;
  readonly type: string | undefined;
  /** Ids of resources that are left out, with their memberships: who was purged must not come back. */
  readonly except: ReadonlySet<string>;
};

type Listed = Pick<ResourceDifference, 'type' | 'id' | 'name'>;

/** All that is not as it was. */
export type Differences = {
  readonly missing: readonly Listed[];
  readonly changed: readonly (Listed & { readonly attributes: readonly string[] })[];
  readonly new: readonly Listed[];
  /** By group; those in it that are not any more, and those that were not yet. */
  readonly memberships: readonly { readonly group: string; readonly missing: number; readonly new: number }[];
};

/** The types that both states have; a type that there is no more takes nothing back. */
export function typesOf({ earlier, present }: States, { type }: Scope): readonly ResourceType[] {
  const types = present.registry.filter(({ name }) => earlier.registry.some((other) => other.name === name));
  if (type !== undefined && types.every(({ name }) => name !== type))
    throw new AdminRefusal(
      `--type ${type}: there is no such resource type in both states, but ${types.map(({ name }) => name).join(', ')}.`,
    );
  return types;
}

export async function* resourcesIn(states: States, scope: Scope): AsyncGenerator<ResourceDifference> {
  for (const type of typesOf(states, scope)) {
    if (scope.type !== undefined && scope.type !== type.name) continue;
    for await (const difference of compareResources(states, type)) if (!scope.except.has(difference.id)) yield difference;
  }
}

/** A membership is of both of its ends: either may be of the type that is asked for. */
export async function* membershipsIn(states: States, scope: Scope): AsyncGenerator<MembershipDifference> {
  for (const { name, membersAttribute } of typesOf(states, scope)) {
    if (membersAttribute === undefined) continue;
    for await (const difference of compareMemberships(states, name)) {
      if (scope.except.has(difference.group) || scope.except.has(difference.member.value)) continue;
      if (scope.type === undefined || scope.type === name || scope.type === difference.member.type) yield difference;
    }
  }
}

/** Compares the whole, and changes nothing. */
export async function findDifferences(states: States, scope: Scope, show: (found: number) => void): Promise<Differences> {
  const [missing, changed, added]: [Listed[], Differences['changed'][number][], Listed[]] = [[], [], []];
  for await (const difference of resourcesIn(states, scope)) {
    const { kind, type, id, name } = difference;
    if (kind === 'changed') changed.push({ type, id, name, attributes: difference.attributes });
    else (kind === 'new' ? added : missing).push({ type, id, name });
    show(missing.length + changed.length + added.length);
  }
  const groups = new Map<string, { group: string; missing: number; new: number }>();
  for await (const { group, kind } of membershipsIn(states, scope)) {
    const counted = groups.get(group) ?? { group, missing: 0, new: 0 };
    groups.set(group, { ...counted, [kind]: counted[kind] + 1 });
  }
  return { missing, changed, new: added, memberships: [...groups.values()] };
}
