import type { Application } from '../../src/access/application.ts';
import { type CredentialList, EMPTY_LIST } from '../../src/access/credential-list.ts';
import type { Credential, CredentialOf } from '../../src/access/credentials/credential.ts';
import { hashOf } from '../../src/access/credentials/digest.ts';
import { bearerTokenOf } from '../../src/access/credentials/identifier-password.ts';
import { hashPassword } from '../../src/access/credentials/password-hash.ts';
import { newIdentifier } from '../../src/access/identifier.ts';
import { noUsage } from '../../src/access/no-usage.ts';
import type {
  ApplicationChanges,
  ApplicationRepository,
  CredentialStore,
  DecideCredentials,
  LastUses,
  StoreCall,
} from '../../src/access/ports.ts';
import { newToken } from '../../src/access/token.ts';

/** Credentials in memory; what the vault would hold may be looked at and set. */
export class MemoryCredentialStore implements CredentialStore {
  list: CredentialList;
  reads = 0;

  constructor(list: CredentialList = EMPTY_LIST) {
    this.list = list;
  }

  async readCredentials(): Promise<CredentialList> {
    this.reads += 1;
    return this.list;
  }

  async changeCredentials(decide: DecideCredentials): Promise<void> {
    this.list = decide(this.list) ?? this.list;
  }
}

/** Applications in memory. */
export class MemoryApplicationRepository implements ApplicationRepository {
  readonly stored = new Map<string, Application>();

  async find(key: string): Promise<Application | undefined> {
    return this.stored.get(key);
  }

  async create(application: Application): Promise<boolean> {
    const isNew = !this.stored.has(application.key);
    if (isNew) this.stored.set(application.key, application);
    return isNew;
  }

  async list(): Promise<readonly Application[]> {
    return [...this.stored.values()];
  }

  async change(decide: (all: readonly Application[]) => ApplicationChanges): Promise<void> {
    const { put = [], remove = [] } = decide(await this.list());
    for (const application of put) this.stored.set(application.key, application);
    for (const key of remove) this.stored.delete(key);
  }
}

/** Last uses in memory. */
export class MemoryLastUses implements LastUses {
  readonly noted = new Map<string, string>();

  async list(): Promise<ReadonlyMap<string, string>> {
    return this.noted;
  }

  async note(credential: string, at: Date): Promise<void> {
    this.noted.set(credential, at.toISOString());
  }
}

export const aCall = (): StoreCall => ({
  requestId: 'request-1',
  deadlineMs: Number.MAX_SAFE_INTEGER,
  usage: noUsage(),
});

/** A well-formed token, another one for each seed. */
export const aToken = (seed: number): string => newToken((size) => new Uint8Array(size).fill(seed));

export const aCredential = (token: string, overrides: Partial<CredentialOf<'token'>> = {}): CredentialOf<'token'> => ({
  id: 'c1',
  application: 'default',
  name: 'Entra ID',
  kind: 'token',
  hash: hashOf(token),
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  scope: 'full',
  ...overrides,
});

/** Derived as fast as can be: what is tested is what it is compared with. */
const CHEAP = { cost: 2, blockSize: 1, parallelization: 1 } as const;

export async function anAccount(password: string, overrides: Partial<CredentialOf<'identifier-password'>> = {}) {
  const identifier = newIdentifier((size) => new Uint8Array(size).fill(9));
  const account: CredentialOf<'identifier-password'> = {
    id: 'a1',
    application: 'default',
    name: 'CloudSuite',
    kind: 'identifier-password',
    identifier,
    hash: await hashPassword(password, CHEAP),
    createdAt: '2026-01-01T00:00:00.000Z',
    expiresAt: null,
    scope: 'full',
    ...overrides,
  };
  return { account, bearerToken: bearerTokenOf(identifier, password) };
}

export const listOf = (...credentials: readonly Credential[]): CredentialList => ({ credentials, unreadable: [] });
