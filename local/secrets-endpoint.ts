import { type AwsEndpoint, type AwsEndpointOptions, ServiceRefusal, startAwsEndpoint } from './aws-endpoint.ts';
import { readSecrets, writeSecrets } from './secrets-file.ts';
import { isOperation, OPERATIONS } from './secrets-operations.ts';
import type { Secrets } from './secrets-versions.ts';

export type SecretsEndpointOptions = Pick<AwsEndpointOptions, 'accessKeyId' | 'port'> & {
  /** Where the secrets are kept; only its owner can read it. */
  readonly file: string;
  /** Secrets that are there from the start, as a stack makes them: without a value. */
  readonly secretNames: readonly string[];
};

/**
 * Starts a Secrets Manager on this machine: the operations this system uses, with staging labels and Secrets Manager's own
 * errors. Point `AWS_ENDPOINT_URL_SECRETS_MANAGER` at its URL.
 */
export function startSecretsEndpoint({ file, secretNames, ...options }: SecretsEndpointOptions): Promise<AwsEndpoint> {
  let secrets = withSecrets(readSecrets(file), secretNames);

  const perform = (target: string, input: unknown): object => {
    const name = target.replace(/^secretsmanager\./, '');
    if (!isOperation(name)) throw new ServiceRefusal('UnknownOperationException', `This local endpoint does not offer "${target}".`);
    const performed = OPERATIONS[name](secrets, input, Date.now());
    if (performed.secrets !== secrets) writeSecrets(file, performed.secrets);
    secrets = performed.secrets;
    return performed.answer;
  };

  return startAwsEndpoint({ ...options, version: '1.1', perform });
}

const withSecrets = (secrets: Secrets, names: readonly string[]): Secrets =>
  names
    .filter((name) => !Object.hasOwn(secrets, name))
    .reduce((made, Name) => OPERATIONS.CreateSecret(made, { Name }, Date.now()).secrets, secrets);
