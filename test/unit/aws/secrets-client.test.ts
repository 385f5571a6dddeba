import { once } from 'node:events';
import { createServer } from 'node:http';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { secretsClient } from '../../../src/aws/secrets-client.ts';
import { restoreEnvironment, urlOf } from '../../support/access-secrets.ts';

const silent = createServer(() => {});

beforeEach(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: urlOf(silent),
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'A',
    AWS_SECRET_ACCESS_KEY: 'S',
  });
});

afterEach(() => {
  restoreEnvironment();
  silent.closeAllConnections();
  silent.close();
});

it('gives up on a vault that does not answer, after two attempts', async () => {
  const read = secretsClient({ timeoutMs: 100 }).send(new GetSecretValueCommand({ SecretId: 'any' }));

  await expect(read).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 2 } });
});
