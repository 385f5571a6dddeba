import type { Application } from './application.ts';
import type { CredentialList } from './credential-list.ts';

/** Reads the tenant's credentials from where they are kept. */
export interface CredentialSource {
  /** A vault that is reached but holds nothing yet is an empty list; any failure to read it is thrown. */
  readCredentials(): Promise<CredentialList>;
}

/** Makes the next list from the present one; `undefined` leaves it as it is; what it throws ends the change. */
export type DecideCredentials = (list: CredentialList) => CredentialList | undefined;

export interface CredentialStore extends CredentialSource {
  /**
   * Changes the list by compare-and-swap: when another change came first, `decide` is called again on its outcome.
   *
   * `decide` must therefore recognise its own work, which may have taken effect although the answer to it was lost.
   *
   * @throws {ScimError} unavailable — the vault is out of reach, or others kept changing the list
   */
  changeCredentials(decide: DecideCredentials): Promise<void>;
}

/** What a store call must know of the request it works for; structurally the directory's own `StoreCall`. */
export type StoreCall = {
  readonly requestId: string;
  /** Epoch milliseconds past which no further attempt is begun. */
  readonly deadlineMs: number;
  readonly usage: { calls: number; roundTrips: number; readUnits: number; writeUnits: number; retries: number };
};

/** When credentials were last used, to within the hour. */
export interface LastUses {
  /** By id of the credential, ISO 8601 in UTC; a credential that was never used, or not for long, is not among them. */
  list(call: StoreCall): Promise<ReadonlyMap<string, string>>;
  /** Keeps the instant, unless one of the same hour is there already. */
  note(credential: string, at: Date, call: StoreCall): Promise<void>;
}

/** The applications of a tenant, in its settings. */
export interface ApplicationRepository {
  find(key: string, call: StoreCall): Promise<Application | undefined>;
  /** Stores the application unless its key is taken; says whether it did. */
  create(application: Application, call: StoreCall): Promise<boolean>;
  /** All of them, in the order of their keys. */
  list(call: StoreCall): Promise<readonly Application[]>;
  /**
   * Changes applications, all or none, by compare-and-swap: when another change came first, `decide` is called again on
   * its outcome. What it throws ends the change.
   */
  change(decide: (all: readonly Application[]) => ApplicationChanges, call: StoreCall): Promise<void>;
}

export type ApplicationChanges = { readonly put?: readonly Application[]; readonly remove?: readonly string[] };
