import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { applicationFinder, applicationLookUp } from '../access/application-cache.ts';
import { type Authenticate, authenticator } from '../access/authenticate.ts';
import { rememberingKey } from '../access/identifier-key.ts';
import type { Policy } from '../access/policy.ts';
import type { StoreCall } from '../access/ports.ts';
import { type RecordUse, useRecorder } from '../access/record-use.ts';
import { SecretCredentialStore } from '../aws/secrets.ts';
import { secretsClient } from '../aws/secrets-client.ts';
import type { FindMapping } from '../directory/mapping/profile.ts';
import { registryFinder } from '../directory/schemas/registry-cache.ts';
import { openApplicationRepository } from '../dynamodb/applications.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { openLastUses } from '../dynamodb/last-uses.ts';
import { openSchemaStore } from '../dynamodb/schemas.ts';
import { settingsReader } from '../dynamodb/settings-reader.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import { REGISTRY } from '../scim/schema/resource-types.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { hashingIdentifiers } from './hashed-identifiers.ts';
import type { Log } from './log.ts';
import { writeLog } from './write-log.ts';

/** What the pipeline in front of every handler behind API Gateway needs, made once per process. */
export type HttpServices = {
  readonly environment: Environment;
  /** The tenant's resource types as they are now; the same object as long as nothing about them changes. */
  readonly registryOf: (call: StoreCall) => Promise<Registry>;
  readonly authenticate: Authenticate;
  /** Called with the credential of each request that was let in. */
  readonly recordUse: RecordUse;
  readonly policyOf: (application: string, call: StoreCall) => Promise<Policy>;
  /** By the application's key; undefined where it has none. */
  readonly mappingOf: FindMapping;
  readonly clock: () => number;
  readonly log: Log;
};

/** The same with the connection to the table, on which a handler may put the directory. */
export type TableServices = HttpServices & { readonly client: DynamoDBClient };

/** A cold start's first calls have connections to open: what nobody waits for does not come between them. */
const AFTER_OWN_CALLS_MS = 10;

/** @throws {TypeError} — a variable of the environment is missing or malformed */
export function httpServices(): TableServices {
  const environment = readEnvironment();
  const clock = Date.now;
  const vault = rememberingKey(new SecretCredentialStore({ client: secretsClient(), secretId: environment.SECRET_ID }));
  const plainLog = writeLog((text) => process.stdout.write(text), clock);
  const log = environment.AUDIT_IDENTIFIERS === 'hashed' ? hashingIdentifiers(plainLog, vault.key) : plainLog;
  const notify = (notice: string): void => log({ event: 'notice', tenant: environment.TENANT, notice });
  const client = openDynamoDb();
  const table = { client, tableName: environment.TABLE_NAME };
  const settings = { ...table, readSettings: settingsReader(table) };
  const applications = openApplicationRepository(settings);
  const freshness = environment.SETTINGS_SECONDS === undefined ? {} : { freshMs: environment.SETTINGS_SECONDS * 1_000 };
  const lookUpApplication = applicationLookUp({ applications, now: clock, ...freshness });
  const findApplication = applicationFinder(lookUpApplication, clock);
  return {
    environment,
    registryOf: registryFinder({
      schemas: openSchemaStore(settings),
      builtIn: REGISTRY,
      now: clock,
      notify,
      ...freshness,
    }),
    client,
    authenticate: authenticator({
      secrets: vault.source,
      now: clock,
      notify,
    }),
    recordUse: useRecorder({
      lastUses: openLastUses(table),
      now: clock,
      later: (work) => void setTimeout(work, AFTER_OWN_CALLS_MS).unref(),
    }),
    policyOf: async (application, call) => (await findApplication(application, call)).policy,
    mappingOf: async (application, call) => (await lookUpApplication(application, call))?.mapping,
    clock,
    log,
  };
}
