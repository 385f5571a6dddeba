import { once } from 'node:events';
import { createServer } from 'node:http';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { expect, it } from '@jest/globals';
import { secretsClient } from '../../../src/aws/secrets-client.ts';

it('gives up on a vault that does not answer, after two attempts', async () => {
  let requests = 0;
  const silent = createServer(() => {
    requests += 1;
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const client = secretsClient({ timeoutMs: 40 });
  client.config.endpoint = async () => ({
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    path: '/',
  });
  client.config.region = async () => 'local';
  client.config.credentials = async () => ({ accessKeyId: 'A', secretAccessKey: 'S' });

  const read = client.send(new GetSecretValueCommand({ SecretId: 'any' }));

  await expect(read).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(requests).toBe(2);
  silent.closeAllConnections();
  silent.close();
});
