import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * Makes a client that gives up soon: a request waits for it, and the last known list of credentials is at hand.
 *
 * The SDK by itself waits without limit, and past `requestTimeout` it only warns unless it is told to throw.
 */
export const secretsClient = ({ timeoutMs = 2_000 }: { readonly timeoutMs?: number } = {}): SecretsManagerClient =>
  new SecretsManagerClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: timeoutMs / 2, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
  });
