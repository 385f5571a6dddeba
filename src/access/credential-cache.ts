import { ScimError } from '../scim/errors.ts';
import { type CredentialList, describeUnreadable } from './credential-list.ts';
import type { CredentialSource } from './ports.ts';

/** A list this young accepts without asking the vault again: what bounds how long a revoked credential lives on. */
const FRESH_MS = 30_000;
/** A list this young refuses without asking the vault again: what bounds how long a new credential must wait. */
const FRESH_ENOUGH_TO_REFUSE_MS = 10_000;
/** With the vault out of reach, how long the last known list goes on accepting. */
const USABLE_MS = 15 * 60_000;
/** After a failed read, how long the last known list serves without the next attempt. */
const BACK_OFF_MS = 5_000;

export type CredentialCacheOptions = {
  readonly secrets: CredentialSource;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Takes what an operator should know although every request may still be served. */
  readonly notify?: (notice: string) => void;
};

type Read = { readonly list: CredentialList; readonly atMs: number };

/**
 * Keeps the tenant's credentials in memory.
 *
 * Both readers throw {ScimError} unavailable when only the vault could tell and it is out of reach: never 401, one of
 * which makes Entra ID quarantine the whole job.
 */
export class CredentialCache {
  readonly #options: CredentialCacheOptions;
  readonly #reported = new Set<string>();
  #last: Read | undefined;
  #failedAtMs = Number.NEGATIVE_INFINITY;
  #pending: Promise<CredentialList> | undefined;

  constructor(options: CredentialCacheOptions) {
    this.#options = options;
  }

  /** The list to accept by: at most 30 s old, or up to 15 minutes while the vault is out of reach. */
  async toAccept(): Promise<CredentialList> {
    const fresh = this.#youngerThan(FRESH_MS) ?? (this.#isBackingOff() ? this.#youngerThan(USABLE_MS) : undefined);
    if (fresh) return fresh;
    try {
      return await this.#refresh();
    } catch (error) {
      const usable = this.#youngerThan(USABLE_MS);
      if (usable) return usable;
      throw error;
    }
  }

  /** The list to refuse by: at most 10 s old, because whoever was added since then must not be turned away. */
  async toRefuse(): Promise<CredentialList> {
    const fresh = this.#youngerThan(FRESH_ENOUGH_TO_REFUSE_MS);
    if (fresh) return fresh;
    if (this.#isBackingOff()) throw unavailable();
    return this.#refresh();
  }

  #youngerThan(ageMs: number): CredentialList | undefined {
    return this.#last && this.#options.now() - this.#last.atMs < ageMs ? this.#last.list : undefined;
  }

  #isBackingOff(): boolean {
    return this.#options.now() - this.#failedAtMs < BACK_OFF_MS;
  }

  /** Shared by everyone who asks while it is under way. */
  #refresh(): Promise<CredentialList> {
    this.#pending ??= this.#read().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** The list's age counts from before the question: a change made while it was under way may be missing in the answer. */
  async #read(): Promise<CredentialList> {
    const { secrets, now } = this.#options;
    const atMs = now();
    try {
      const list = await secrets.readCredentials();
      this.#last = { list, atMs };
      this.#reportUnreadable(list);
      return list;
    } catch (cause) {
      this.#failedAtMs = now();
      this.#options.notify?.(`The vault is out of reach: ${reasonOf(cause)}.`);
      throw unavailable(cause);
    }
  }

  #reportUnreadable({ unreadable }: CredentialList): void {
    for (const { id, kind } of unreadable.map(describeUnreadable)) {
      if (!this.#reported.has(id)) this.#options.notify?.(`Credential ${id}, of kind ${kind}, cannot be read by this version.`);
      this.#reported.add(id);
    }
  }
}

const unavailable = (cause?: unknown): ScimError =>
  new ScimError('unavailable', 'The credential cannot be checked at the moment; the same request can be sent again.', { cause });

/** A class of error, never its message: what the vault says may name what it holds. */
const reasonOf = (cause: unknown): string => {
  const origin = cause instanceof ScimError ? cause.cause : cause;
  return origin instanceof Error ? origin.name : 'unknown';
};
