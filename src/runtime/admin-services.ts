import { randomBytes, randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Administration } from '../access/administration.ts';
import { ensureIdentifierKey } from '../access/identifier-key.ts';
import type { CredentialStore } from '../access/ports.ts';
import { SecretCredentialStore } from '../aws/secrets.ts';
import { secretsClient } from '../aws/secrets-client.ts';
import type { BrakeAdministration } from '../directory/brake/administer.ts';
import type { FeedAdministration } from '../directory/feed/operator/administration.ts';
import type { MappingAdministration } from '../directory/mapping/administer.ts';
import { mappingReader } from '../directory/mapping/mapping-reader.ts';
import type { FindMapping } from '../directory/mapping/profile.ts';
import type { MatchingAdministration } from '../directory/matching/administer.ts';
import type { DirectoryAdministration, OpenedDirectory } from '../directory/operator/administration.ts';
import type { SchemaStore, StoreCall } from '../directory/ports.ts';
import type { RemovedAdministration } from '../directory/removed/find-removed.ts';
import { readCurrent, type SchemaAdministration } from '../directory/schemas/administer.ts';
import type { Transfer } from '../directory/transfer/transfer.ts';
import { openApplicationRepository } from '../dynamodb/applications.ts';
import { openBackfillStore } from '../dynamodb/backfill/store.ts';
import { openRemovalBrakes } from '../dynamodb/brakes.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { openLastUses } from '../dynamodb/last-uses.ts';
import { openRecordStore } from '../dynamodb/operator/store.ts';
import { openSchemaStore } from '../dynamodb/schemas.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import { openSweeper } from '../dynamodb/sweeping/sweeper.ts';
import { openTransferStore } from '../dynamodb/transfer/store.ts';
import { buildRegistry } from '../scim/schema/custom/build-registry.ts';
import { REGISTRY } from '../scim/schema/resource-types.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { hashingIdentifiers } from './hashed-identifiers.ts';
import type { Log } from './log.ts';
import { uuidV7 } from './uuid-v7.ts';
import { writeLog } from './write-log.ts';

/** What the admin function needs, made once per process. */
export type AdminServices = {
  readonly administration: Administration;
  readonly brakeAdministration: BrakeAdministration;
  readonly schemaAdministration: SchemaAdministration;
  readonly directoryAdministration: DirectoryAdministration;
  readonly matchingAdministration: MatchingAdministration;
  readonly removedAdministration: RemovedAdministration;
  readonly mappingAdministration: MappingAdministration;
  readonly transfer: Transfer;
  /** Opened by the acts that need it: it talks to services that the others have no use for. */
  readonly openFeed: () => Promise<FeedAdministration>;
  readonly tenant: string;
  /** The tenant's URL, where the environment tells it: locally. */
  readonly url: string | undefined;
  readonly log: Log;
  /** Makes sure that the log can be written to; without it, lines leave out whom they are about. */
  readonly prepareLog?: () => Promise<void>;
};

/** @throws {TypeError} — a variable of the environment is missing or malformed */
export function adminServices(): AdminServices {
  const environment = readEnvironment();
  const { TABLE_NAME, SECRET_ID, TENANT, RETENTION_DAYS, EVENT_RETENTION_DAYS, PUBLIC_URL } = environment;
  const table = { client: openDynamoDb(), tableName: TABLE_NAME };
  const schemas = openSchemaStore(table);
  const credentials = new SecretCredentialStore({ client: secretsClient(), secretId: SECRET_ID });
  const applications = openApplicationRepository(table);
  const mappingOf = mappingReader(applications);
  const open = opener(table, { retentionDays: RETENTION_DAYS, eventRetentionDays: EVENT_RETENTION_DAYS }, schemas);
  const openForOperator: DirectoryAdministration['open'] = async (call) => directoryOn(table, mappingOf, await open(call));
  const schemaAdministration: SchemaAdministration = {
    schemas,
    builtIn: REGISTRY,
    directory: openDirectoryStore({ ...table, registry: REGISTRY }),
    now: Date.now,
  };
  return {
    administration: {
      credentials,
      applications,
      lastUses: openLastUses(table),
      now: Date.now,
      randomBytes,
    },
    brakeAdministration: { applications, brakes: openRemovalBrakes(table), now: Date.now },
    removedAdministration: { open, mappingOf, now: Date.now },
    mappingAdministration: { applications, backfills: openBackfillStore(table), open, now: Date.now },
    directoryAdministration: { open: openForOperator, applications, now: Date.now },
    matchingAdministration: { ...schemaAdministration, backfills: openBackfillStore(table), newRevision: randomUUID },
    schemaAdministration,
    transfer: { ...schemaAdministration, storeOf: (registry) => openTransferStore({ ...table, registry }), mappingOf },
    openFeed: async () => (await import('./feed-administration.ts')).feedAdministration(environment, table, openForOperator),
    tenant: TENANT,
    url: PUBLIC_URL,
    ...openLog(environment, credentials),
  };
}

/** The function that may change the secret makes the key; the others find it there. */
function openLog({ AUDIT_IDENTIFIERS }: Environment, credentials: CredentialStore): Pick<AdminServices, 'log' | 'prepareLog'> {
  const log = writeLog((text) => process.stdout.write(text), Date.now);
  if (AUDIT_IDENTIFIERS === 'plain') return { log };
  let key: string | undefined;
  return {
    log: hashingIdentifiers(log, () => key),
    prepareLog: async () => {
      key ??= await ensureIdentifierKey(credentials, randomBytes);
    },
  };
}

type Table = { readonly client: DynamoDBClient; readonly tableName: string };

type Retention = { readonly retentionDays: number; readonly eventRetentionDays: number };

/** The schemas are read anew for each act: one that was just applied counts. */
const opener = (table: Table, retention: Retention, schemas: SchemaStore) => async (call: StoreCall) => {
  const registry = buildRegistry(REGISTRY, (await readCurrent({ schemas }, call)).customization);
  return { registry, store: openDirectoryStore({ ...table, registry, ...retention }), sweeper: openSweeper({ ...table, registry }) };
};

type Opened = Pick<OpenedDirectory, 'registry' | 'sweeper'> & Pick<OpenedDirectory['directory'], 'store'>;

const directoryOn = (table: Table, mappingOf: FindMapping, { registry, store, sweeper }: Opened): OpenedDirectory => ({
  registry,
  sweeper,
  directory: { store, mappingOf, newId: () => uuidV7(Date.now()), clock: Date.now },
  records: openRecordStore({ ...table, registry }),
});
