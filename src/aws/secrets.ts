import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { type CredentialList, EMPTY_LIST, parseCredentialList, printCredentialList, UnreadableList } from '../access/credential-list.ts';
import type { CredentialStore, DecideCredentials } from '../access/ports.ts';
import { ScimError } from '../scim/errors.ts';

const CURRENT = 'AWSCURRENT';
/** One fixed label: a version that carries a label is never cleared away, and this one moves on with each attempt. */
const PENDING = 'SCIM_PENDING';
const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

export type SecretOptions = {
  readonly client: SecretsManagerClient;
  /** Name or ARN of the tenant's secret. */
  readonly secretId: string;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly random?: () => number;
};

/** The list as read, and the version it was read from; a secret without a value has none. */
type Current = { readonly list: CredentialList; readonly versionId: string | undefined };

/** The tenant's credentials in one Secrets Manager secret. */
export class SecretCredentialStore implements CredentialStore {
  readonly #client: SecretsManagerClient;
  readonly #secretId: string;
  readonly #sleep: (ms: number) => Promise<unknown>;
  readonly #random: () => number;

  constructor({ client, secretId, sleep = delay, random = Math.random }: SecretOptions) {
    this.#client = client;
    this.#secretId = secretId;
    this.#sleep = sleep;
    this.#random = random;
  }

  async readCredentials(): Promise<CredentialList> {
    return (await this.#read()).list;
  }

  /**
   * Secrets Manager has no conditional put, but it moves a label only away from the version that is named. So the new
   * value is put under a label nobody reads, and then AWSCURRENT is moved to it from the version that was read.
   */
  async changeCredentials(decide: DecideCredentials): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (await this.#tryChange(decide)) return;
      const longestMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
      await this.#sleep(this.#random() * longestMs);
    }
    throw new ScimError('unavailable', 'Others kept changing the credentials at the same time; try again.');
  }

  /** Says whether the list is now as decided; if not, another change came first. */
  async #tryChange(decide: DecideCredentials): Promise<boolean> {
    const { list, versionId } = await this.#read();
    const next = decide(list);
    if (next === undefined) return true;
    const put = await this.#put(next);
    if (put.isCurrent) return true;
    try {
      await this.#client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: this.#secretId,
          VersionStage: CURRENT,
          MoveToVersionId: put.versionId,
          RemoveFromVersionId: versionId,
        }),
      );
      return true;
    } catch (error) {
      if (!isLostRace(error)) throw outOfReach(error);
      return (await this.#read()).versionId === put.versionId;
    }
  }

  /** The first version of a secret becomes the current one at once, whatever label it was put under. */
  async #put(list: CredentialList): Promise<{ readonly versionId: string; readonly isCurrent: boolean }> {
    const versionId = randomUUID();
    const command = new PutSecretValueCommand({
      SecretId: this.#secretId,
      ClientRequestToken: versionId,
      SecretString: printCredentialList(list),
      VersionStages: [PENDING],
    });
    const { VersionStages = [] } = await this.#client.send(command).catch((error: unknown) => {
      throw outOfReach(error);
    });
    return { versionId, isCurrent: VersionStages.includes(CURRENT) };
  }

  async #read(): Promise<Current> {
    try {
      const { SecretString = '', VersionId } = await this.#client.send(new GetSecretValueCommand({ SecretId: this.#secretId }));
      // Some tools that write a template's secret for themselves give one without a value an empty one.
      const list = SecretString.trim() === '' ? EMPTY_LIST : parseCredentialList(SecretString);
      return { list, versionId: VersionId };
    } catch (error) {
      if (hasNoValue(error)) return { list: EMPTY_LIST, versionId: undefined };
      throw outOfReach(error);
    }
  }
}

/** The same error says that there is no such secret, so only its words tell the two apart. */
const hasNoValue = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ResourceNotFoundException' && /secret value for staging label/i.test(error.message);

/** How a move is refused whose `RemoveFromVersionId` no longer holds the label, or whose version has been cleared away. */
const isLostRace = (error: unknown): boolean =>
  error instanceof Error && ['InvalidParameterException', 'InvalidRequestException', 'ResourceNotFoundException'].includes(error.name);

const outOfReach = (cause: unknown): ScimError =>
  new ScimError('unavailable', `The tenant's secret cannot be used: ${reasonOf(cause)}`, { cause });

/** AWS says in its own words what it refused, which may name what no client should read; its name for it tells enough. */
const reasonOf = (cause: unknown): string => {
  if (cause instanceof UnreadableList) return cause.message;
  return `Secrets Manager answers ${cause instanceof Error ? cause.name : 'nothing'}.`;
};
