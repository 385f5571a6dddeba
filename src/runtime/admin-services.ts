import { randomBytes } from 'node:crypto';
import type { Administration } from '../access/administration.ts';
import { SecretCredentialStore } from '../aws/secrets.ts';
import { secretsClient } from '../aws/secrets-client.ts';
import type { SchemaAdministration } from '../directory/schemas/administer.ts';
import { openApplicationRepository } from '../dynamodb/applications.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { openSchemaStore } from '../dynamodb/schemas.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import { REGISTRY } from '../scim/schema/resource-types.ts';
import { readEnvironment } from './environment.ts';
import { type Log, writeLog } from './log.ts';

/** What the admin function needs, made once per process. */
export type AdminServices = {
  readonly administration: Administration;
  readonly schemaAdministration: SchemaAdministration;
  readonly tenant: string;
  readonly log: Log;
};

/** @throws {TypeError} — a variable of the environment is missing or malformed */
export function adminServices(): AdminServices {
  const { TABLE_NAME, SECRET_ID, TENANT } = readEnvironment();
  const table = { client: openDynamoDb(), tableName: TABLE_NAME };
  return {
    administration: {
      credentials: new SecretCredentialStore({ client: secretsClient(), secretId: SECRET_ID }),
      applications: openApplicationRepository(table),
      now: Date.now,
      randomBytes,
    },
    schemaAdministration: {
      schemas: openSchemaStore(table),
      builtIn: REGISTRY,
      directory: openDirectoryStore({ ...table, registry: REGISTRY }),
      now: Date.now,
    },
    tenant: TENANT,
    log: writeLog((text) => process.stdout.write(text), Date.now),
  };
}
