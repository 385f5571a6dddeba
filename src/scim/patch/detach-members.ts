import type { Filter } from '../filter/ast.ts';
import { fold } from '../fold.ts';
import type { Json } from '../json.ts';
import { type MemberValue, memberValuesIn } from '../member-values.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Operation, Patch } from './operation.ts';

/** The net effect on the members of all operations in their order. */
export type MemberEdit = {
  /** What the edit starts from: the members there are, or none. */
  readonly base: 'stored' | 'empty';
  /** Members afterwards, whether they were before or not. */
  readonly present: readonly MemberValue[];
  /** No members afterwards, whether they were before or not. */
  readonly absent: readonly string[];
};

export type DetachedMembers = { readonly rest: Patch; readonly members: MemberEdit };

/**
 * Separates what a patch does to the members from the rest, so that it can be done without reading them.
 *
 * Where an operation selects members by anything but their id, only the members themselves can tell what it means.
 */
export function detachMembers({ membersAttribute }: ResourceType, patch: Patch): DetachedMembers | 'needs all members' {
  const concerns = ({ target }: Operation): boolean => target.path.name === membersAttribute;
  const edit = new Edit();
  for (const operation of patch.operations.filter(concerns)) {
    if (!edit.accepts(operation)) return 'needs all members';
  }
  return { rest: { ...patch, operations: patch.operations.filter((operation) => !concerns(operation)) }, members: edit.result() };
}

/** Adds up operations; the last on a member counts. */
class Edit {
  #base: 'stored' | 'empty' = 'stored';
  readonly #present = new Map<string, MemberValue>();
  readonly #absent = new Set<string>();

  /** Takes the operation in; false if it cannot be told what it does. */
  accepts(operation: Operation): boolean {
    const { filter, subAttribute } = operation.target;
    if (subAttribute !== undefined) return false;
    if (operation.op === 'remove') return this.#remove(filter, operation.only);
    if (filter !== undefined) return false;
    if (operation.op === 'replace') this.#clear();
    for (const member of memberValuesIn(operation.value)) this.#add(member);
    return true;
  }

  result(): MemberEdit {
    return { base: this.#base, present: [...this.#present.values()], absent: [...this.#absent] };
  }

  #remove(filter: Filter | undefined, only: readonly Json[] | undefined): boolean {
    if (filter === undefined && only === undefined) {
      this.#clear();
      return true;
    }
    const ids = filter === undefined ? memberValuesIn(only).map(({ value }) => value) : idsIn(filter);
    for (const id of ids ?? []) this.#drop(id);
    return ids !== undefined;
  }

  #clear(): void {
    this.#base = 'empty';
    this.#present.clear();
    this.#absent.clear();
  }

  /** A member added again keeps its place, and its display text unless there is a new one. */
  #add(member: MemberValue): void {
    this.#absent.delete(member.value);
    this.#present.set(member.value, { ...this.#present.get(member.value), ...member });
  }

  #drop(id: string): void {
    this.#present.delete(id);
    if (this.#base === 'stored') this.#absent.add(id);
  }
}

/** The ids a filter selects by, whatever their case, as filters compare them: `value eq "…"`, or several of these with `or` between them. */
function idsIn(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'compare' && filter.op === 'eq' && filter.path.name === 'value' && typeof filter.value === 'string')
    return [fold(filter.value)];
  if (filter.kind !== 'or') return undefined;
  const left = idsIn(filter.left);
  const right = idsIn(filter.right);
  return left && right && [...left, ...right];
}
