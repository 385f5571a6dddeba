import type { IncomingMessage } from 'node:http';
import { BatchWriteItemCommand, CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { answerAdmin } from '../../../lambdas/admin/answer.ts';
import { TABLE_SCHEMA } from '../../../src/dynamodb/table.ts';
import { adminServices } from '../../../src/runtime/admin-services.ts';
import { restoreEnvironment } from '../access-secrets.ts';
import { openTestClient } from '../dynamodb-client.ts';
import { type RawItem, readTable } from '../dynamodb-table.ts';
import { environmentVariables } from '../environment.ts';
import { aCall } from '../store-call.ts';
import { describedStack } from './cloud-formation.ts';
import { type Reply, startStandIn } from './stand-in.ts';

type Kept = { readonly at: Date; readonly items: readonly RawItem[] };
type Copy = { at: number; looksLeft: number };

const BATCH_LIMIT = 25;

/**
 * AWS as the operator's command sees it: the stack's outputs, its admin function, and its table in the embedded store, of
 * which states are kept to go back to. That store cannot restore one; here, the table is copied as it was.
 */
export async function openAws(tableName: string) {
  const client = openTestClient();
  const kept: Kept[] = [];
  const copies = new Map<string, Copy>();
  const world = {
    outputs: { AdminFunctionName: 'scim-acme-Admin', TableName: tableName } as Record<string, string>,
    /** What an action answers in place of what it does. */
    refusals: {} as Record<string, Reply>,
    /** Times that a copy is looked for before it is there. */
    looks: 0,
    invocations: 0,
    actions: [] as string[],
    beforeInvocation: async (_act: string): Promise<void> => {},
    /** Answers of the admin function in place of its own, by act. */
    results: {} as Record<string, unknown>,
  };

  /** Keeps the table as it is at this moment. */
  const keep = async (at: Date): Promise<void> => {
    kept.push({ at, items: await readTable(client, tableName) });
  };

  async function copyTable(name: string, at: Date): Promise<void> {
    const items = kept.findLast((state) => state.at <= at)?.items ?? [];
    const { KeySchema, AttributeDefinitions, BillingMode } = TABLE_SCHEMA;
    const shape = { KeySchema: [...KeySchema], AttributeDefinitions: [...AttributeDefinitions], BillingMode };
    await client.send(new CreateTableCommand({ TableName: name, ...shape }));
    for (let from = 0; from < items.length; from += BATCH_LIMIT) {
      const requests = items.slice(from, from + BATCH_LIMIT).map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } }));
    }
  }

  const ACTIONS: Readonly<Record<string, (sent: Sent) => Promise<Reply | undefined>>> = {
    DescribeContinuousBackups: async () => reply({ ContinuousBackupsDescription: { PointInTimeRecoveryDescription: windowOf(kept) } }),
    RestoreTableToPointInTime: async ({ TargetTableName = '', RestoreDateTime = 0 }) => {
      await copyTable(TargetTableName, new Date(RestoreDateTime * 1_000));
      copies.set(TargetTableName, { at: RestoreDateTime, looksLeft: world.looks });
      return reply({});
    },
    DescribeTable: async ({ TableName = '' }) => {
      const copy = copies.get(TableName);
      if (copy === undefined) return undefined;
      copy.looksLeft -= 1;
      const isComing = copy.looksLeft >= 0;
      const RestoreSummary = {
        SourceTableArn: `arn:aws:dynamodb:::table/${tableName}`,
        RestoreDateTime: copy.at,
        RestoreInProgress: isComing,
      };
      return reply({ Table: { TableName, TableStatus: isComing ? 'CREATING' : 'ACTIVE', RestoreSummary } });
    },
    DeleteTable: async ({ TableName = '' }) => {
      copies.delete(TableName);
      return undefined;
    },
  };

  async function dynamoDb(action: string, text: string, headers: IncomingMessage['headers']): Promise<Reply> {
    world.actions.push(action);
    const refusal = world.refusals[action];
    const own = refusal ?? (await ACTIONS[action]?.(JSON.parse(text)));
    if (own) return own;
    const sent = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': String(headers['x-amz-target']),
      authorization: String(headers.authorization),
      'x-amz-date': String(headers['x-amz-date']),
    };
    const answer = await fetch(process.env['TEST_DYNAMODB_ENDPOINT'] ?? '', { method: 'POST', headers: sent, body: text });
    return { status: answer.status, body: await answer.text() };
  }

  let services: ReturnType<typeof adminServices> | undefined;
  async function invoke(text: string): Promise<Reply> {
    world.invocations += 1;
    const request: { readonly act: string } = JSON.parse(text);
    await world.beforeInvocation(request.act);
    const result = world.results[request.act];
    if (result !== undefined) return reply({ ok: true, result });
    services ??= { ...adminServices(), log: () => {} };
    return reply(await answerAdmin(services, request, aCall()));
  }

  const { variables, close: end } = await startStandIn((request, text) => {
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') return dynamoDb(target.split('.').at(-1) ?? '', text, request.headers);
    if (request.url?.startsWith('/2015-03-31')) return invoke(text);
    return describedStack({ name: 'scim-acme', outputs: world.outputs });
  });
  const functions = environmentVariables({
    TABLE_NAME: tableName,
    QUEUE_URL: 'http://127.0.0.1/queue',
    DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1/dead-letters',
    BASE_PATH: '/acme/scim/v2',
  });
  Object.assign(process.env, variables, functions);
  const close = async (): Promise<void> => {
    restoreEnvironment();
    for (const name of copies.keys()) await client.send(new DeleteTableCommand({ TableName: name }));
    await end();
  };
  /** Changes the first state that is kept. */
  const spoil = (change: (items: readonly RawItem[]) => readonly RawItem[]): void => {
    const [first] = kept;
    if (first) kept[0] = { ...first, items: change(first.items) };
  };
  return {
    world,
    keep,
    kept,
    spoil,
    copies,
    /** For a process that is to see this in place of AWS. */
    variables,
    close,
  };
}

type Sent = { readonly TableName?: string; readonly TargetTableName?: string; readonly RestoreDateTime?: number };

const reply = (body: unknown): Reply => ({ body: JSON.stringify(body) });

/** As AWS refuses a call. */
export const refusing = (name: string, message: string): Reply => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }),
});

function windowOf(kept: readonly Kept[]) {
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined) return { PointInTimeRecoveryStatus: 'DISABLED' };
  const seconds = ({ at }: Kept): number => at.getTime() / 1_000;
  return { PointInTimeRecoveryStatus: 'ENABLED', EarliestRestorableDateTime: seconds(first), LatestRestorableDateTime: seconds(last) };
}
