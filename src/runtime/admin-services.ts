import { randomBytes } from 'node:crypto';
import type { Administration } from '../access/administration.ts';
import { SecretCredentialStore } from '../aws/secrets.ts';
import { secretsClient } from '../aws/secrets-client.ts';
import { openApplicationRepository } from '../dynamodb/applications.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { readEnvironment } from './environment.ts';
import { type Log, writeLog } from './log.ts';

/** What the admin function needs, made once per process. */
export type AdminServices = { readonly administration: Administration; readonly tenant: string; readonly log: Log };

/** @throws {TypeError} — a variable of the environment is missing or malformed */
export function adminServices(): AdminServices {
  const { TABLE_NAME, SECRET_ID, TENANT } = readEnvironment();
  return {
    administration: {
      credentials: new SecretCredentialStore({ client: secretsClient(), secretId: SECRET_ID }),
      applications: openApplicationRepository({ client: openDynamoDb(), tableName: TABLE_NAME }),
      now: Date.now,
      randomBytes,
    },
    tenant: TENANT,
    log: writeLog((text) => process.stdout.write(text), Date.now),
  };
}
