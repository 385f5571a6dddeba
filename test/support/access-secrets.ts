import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startSecretsEndpoint } from '../../local/secrets-endpoint.ts';

export const ACCESS_KEY_ID = 'AKIDTEST';

/** A local Secrets Manager over a file in a folder of its own. */
export async function openVault() {
  const folder = await mkdtemp(join(tmpdir(), 'scim-secrets-'));
  const file = join(folder, 'secrets.json');
  let secretNames: readonly string[] = [];
  const start = () => startSecretsEndpoint({ file, secretNames, accessKeyId: ACCESS_KEY_ID });
  let endpoint = await start();
  const vault = {
    file,
    url: () => endpoint.url,
    client: (accessKeyId = ACCESS_KEY_ID) =>
      new SecretsManagerClient({
        endpoint: endpoint.url,
        region: 'local',
        maxAttempts: 2,
        credentials: { accessKeyId, secretAccessKey: 'any' },
      }),
    /** Stops and starts on the same file, with these secrets made. */
    restart: async (...names: readonly string[]) => {
      await endpoint.close();
      secretNames = names;
      endpoint = await start();
    },
    close: async () => {
      await endpoint.close();
      await rm(folder, { recursive: true });
    },
  };
  return vault;
}

export function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

const environmentAtStart = { ...process.env };

/** Takes back what a test has told the AWS SDK by way of the environment. */
export function restoreEnvironment(): void {
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('AWS_'))) delete process.env[name];
  Object.assign(process.env, environmentAtStart);
}
