import { randomUUID } from 'node:crypto';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AdminRefusal } from '../access/admin-refusal.ts';
import { parseAdminRequest } from '../access/admin-request.ts';
import { noUsage } from '../access/no-usage.ts';
import { explainFailure } from '../aws/explain-failure.ts';
import { beginCopy, type CopyState, deleteCopy, readCopy } from '../aws/point-in-time.ts';
import { readStackOutputs } from '../aws/stack.ts';
import type { StoreCall } from '../directory/ports.ts';
import { expectedEntries } from '../directory/restore/expected-entries.ts';
import type { ExportedPage } from '../directory/transfer/answers.ts';
import { exportDirectory } from '../directory/transfer/export-directory.ts';
import type { ExportPlace } from '../directory/transfer/place.ts';
import type { Transfer } from '../directory/transfer/transfer.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { checkTable } from '../dynamodb/invariants/check-table.ts';
import { openSchemaStore } from '../dynamodb/schemas.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import { openTransferStore } from '../dynamodb/transfer/store.ts';
import { ScimError } from '../scim/errors.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import { REGISTRY } from '../scim/schema/resource-types.ts';

/** A tenant's table, and a copy of it as it was at a time; all with the operator's own AWS credentials. */
export type Recovery = {
  /** Names of the two tables. */
  readonly source: string;
  readonly copy: string;
  readonly state: () => Promise<CopyState>;
  readonly begin: () => Promise<void>;
  /** Reads the copy as an export reads a directory. */
  readonly readCopy: (place?: { readonly after: ExportPlace; readonly header: string }) => Promise<ExportedPage>;
  /** Looks through a whole table for what contradicts itself. */
  readonly check: (table: string, registry: Registry, show: (items: number) => void) => ReturnType<typeof checkTable>;
  readonly remove: () => Promise<void>;
};

/** A call of the operator's has as long as one of the function's. */
const CALL_MS = 30_000;

const NEEDED =
  'a restore needs cloudformation:DescribeStacks on the stack and lambda:InvokeFunction on its admin function; on its table dynamodb:DescribeTable, DescribeContinuousBackups, RestoreTableToPointInTime and Scan; and on tables of the same account that begin with the name of the stack and "-restored-" DescribeTable, DeleteTable, Scan, Query, GetItem, BatchGetItem, PutItem, UpdateItem, DeleteItem and BatchWriteItem. Where the tenant has a key of its own, it needs kms:Decrypt, CreateGrant and DescribeKey on that.';
const PURPOSE = {
  needed: NEEDED,
  gone: 'A table of the restore is gone: run this again, and AWS copies it anew.',
  unsure: 'Run this again: it goes on with what is left.',
};

/** @throws {AdminRefusal} saying what the operator has to set right */
export async function openRecovery(stackName: string, at: Date): Promise<Recovery> {
  const outputs = await explained(() => readStackOutputs(new CloudFormationClient({ maxAttempts: 3 }), stackName));
  const source = outputs.get('TableName');
  if (source === undefined) throw new AdminRefusal(`The stack "${stackName}" has no output TableName: deploy it again with this version.`);
  const control = new DynamoDBClient({ maxAttempts: 5 });
  const client = openDynamoDb();
  const copy = `${stackName}-restored-${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const copied = { source, copy, at };
  return {
    source,
    copy,
    state: () => explained(() => readCopy(control, copied)),
    begin: () => explained(() => beginCopy(control, copied)),
    readCopy: (place) => explained(() => readPage(client, copy, place)),
    check: (tableName, registry, show) =>
      explained(() => checkTable({ client, tableName, registry, entriesOf: expectedEntries(registry), newCall, show })),
    remove: () => explained(() => deleteCopy(control, copied)),
  };
}

async function readPage(
  client: DynamoDBClient,
  tableName: string,
  place: { readonly after: ExportPlace; readonly header: string } | undefined,
): Promise<ExportedPage> {
  const request = parseAdminRequest({ act: 'directory.export', by: 'restore', ...place });
  if (request.act !== 'directory.export') throw new TypeError('another act');
  const transfer: Transfer = {
    schemas: openSchemaStore({ client, tableName }),
    builtIn: REGISTRY,
    directory: openDirectoryStore({ client, tableName, registry: REGISTRY }),
    mappingOf: async () => undefined,
    now: Date.now,
    storeOf: (registry) => openTransferStore({ client, tableName, registry }),
  };
  return (await exportDirectory(transfer, request, newCall())).result;
}

const newCall = (): StoreCall => ({
  requestId: randomUUID(),
  deadlineMs: Date.now() + CALL_MS,
  usage: noUsage(),
});

async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ScimError) throw new AdminRefusal('A table could not be read in time: try again in a while.', { cause: error });
    throw explainFailure(error, PURPOSE);
  }
}
