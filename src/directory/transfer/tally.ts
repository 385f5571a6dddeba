import type { RefusedLine, UnknownMembers } from './answers.ts';
import type { MembersOutcome } from './import-members.ts';
import type { ResourceOutcome } from './import-resource.ts';

/** What is named; the others are counted. */
const NAMED = { refused: 50, unknown: 50, ids: 10 } as const;

/** Adds up what became of the lines of a batch, in place. */
export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #refused: RefusedLine[] = [];
  readonly #unknown: UnknownMembers[] = [];

  /** Only what there is of. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].filter(([, count]) => count > 0));
  }

  get refused(): readonly RefusedLine[] {
    return this.#refused.toSorted((left, right) => left.line - right.line).slice(0, NAMED.refused);
  }

  get unknown(): readonly UnknownMembers[] {
    return this.#unknown.toSorted((left, right) => left.line - right.line).slice(0, NAMED.unknown);
  }

  resource(outcome: ResourceOutcome): void {
    this.#add(outcome, 1);
  }

  members(line: number, group: string, { unknown, isGroupUnknown, ...outcome }: MembersOutcome): void {
    for (const [name, count] of Object.entries(outcome)) this.#add(`members${name.charAt(0).toUpperCase()}${name.slice(1)}`, count);
    this.#add('membersUnknown', unknown.length);
    if (unknown.length > 0) this.#unknown.push({ line, group, count: unknown.length, ids: unknown.slice(0, NAMED.ids), isGroupUnknown });
  }

  refuse(line: number, message: string): void {
    this.#add('refused', 1);
    this.#refused.push({ line, message });
  }

  /** Adds what another has. */
  join(other: Tally): void {
    for (const [name, count] of other.#counts) this.#add(name, count);
    this.#refused.push(...other.#refused);
    this.#unknown.push(...other.#unknown);
  }

  #add(name: string, count: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }
}
