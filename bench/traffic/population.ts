import type { Random } from '../support/random.ts';

export type Person = { readonly id: string; readonly userName: string; readonly externalId: string };
export type Team = { readonly id: string; readonly displayName: string };

/** Resources of one type that the client knows of; what is in use is not taken away from under a request. */
export class Population<Resource extends { readonly id: string }> {
  readonly #all: Resource[] = [];
  readonly #uses = new Map<string, number>();

  get size(): number {
    return this.#all.length;
  }

  add(resource: Resource): void {
    this.#all.push(resource);
  }

  /** Lends any one for as long as `work` takes; undefined when there is none. */
  async lend<Result>(random: Random, work: (resource: Resource) => Promise<Result>): Promise<Result | undefined> {
    if (this.#all.length === 0) return undefined;
    const resource = random.pick(this.#all);
    this.#count(resource, 1);
    try {
      return await work(resource);
    } finally {
      this.#count(resource, -1);
    }
  }

  /** Takes one out that nobody uses. */
  take(random: Random): Resource | undefined {
    if (this.#all.length === 0) return undefined;
    const at = random.below(this.#all.length);
    const resource = this.#all[at];
    if (resource === undefined || (this.#uses.get(resource.id) ?? 0) > 0) return undefined;
    this.#all.splice(at, 1);
    return resource;
  }

  #count({ id }: Resource, more: number): void {
    const uses = (this.#uses.get(id) ?? 0) + more;
    if (uses > 0) this.#uses.set(id, uses);
    else this.#uses.delete(id);
  }
}
