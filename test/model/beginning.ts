import { DeleteTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect } from '@jest/globals';
import { drain } from '../support/drain.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { type RawItem, readTable } from '../support/dynamodb-table.ts';
import type { Endpoint } from '../support/endpoint.ts';
import { openSite } from '../support/site.ts';
import { sendWrite, timeless } from './client.ts';
import type { Model } from './commands.ts';
import { NOBODY } from './oracle/directory.ts';
import { foresee } from './oracle/foresee.ts';
import type { Write } from './oracle/request.ts';
import { showAll } from './oracle/show.ts';
import { walked } from './reads.ts';

/** A directory that is there before each sequence, in a table of its own: a copy is cheaper than the requests. */
export type Beginning = {
  readonly begin: (
    client?: DynamoDBClient,
  ) => Promise<{ readonly model: Model; readonly endpoint: Endpoint; readonly end: () => Promise<void> }>;
};

export async function prepare(transactionLimit?: number): Promise<Beginning> {
  const first = await openSite(transactionLimit);
  const { endpoint } = await first.begin();
  const model = await populate(endpoint);
  const items: readonly RawItem[] = await readTable(first.client, first.tableName);
  return {
    begin: async (through) => {
      const { client, tableName, begin } = await openSite(transactionLimit, items, through);
      const end = async (): Promise<void> => {
        await client.send(new DeleteTableCommand({ TableName: tableName }));
      };
      return { model: { ...model }, endpoint: (await begin()).endpoint, end };
    },
  };
}

/** Three users and a group that two of them are in. */
async function populate(endpoint: Endpoint): Promise<Model> {
  let { directory } = { directory: NOBODY };
  const create = async (write: Write): Promise<string> => {
    const { json } = await sendWrite(endpoint, write, () => undefined);
    directory = foresee(directory, write, json.id).directory;
    return json.id;
  };
  const users: string[] = [];
  for (const userName of ['ada', 'bea', 'cyd', 'dan']) users.push(await create({ kind: 'createUser', userName }));
  const group = await create({ kind: 'createGroup', displayName: 'staff', members: users.slice(0, 2) });
  return { directory, known: { users, groups: [group] } };
}

/** Everything that is there is what was foreseen, however it is read, and the table agrees with itself. */
export async function judgeAtRest({ directory }: Model, endpoint: Endpoint): Promise<void> {
  const { users, groups } = showAll(directory);
  const totals = await Promise.all(['/Users', '/Groups'].map((path) => endpoint.send('GET', path, { query: { count: '0' } })));
  expect(totals.map(({ json }) => json.totalResults)).toEqual([users.length, groups.length]);
  expect({ users: await walked(endpoint, 'User', 100), groups: await walked(endpoint, 'Group', 100) }).toEqual({ users, groups });
  const listed = await Promise.all(['/Users', '/Groups'].map((path) => endpoint.send('GET', path)));
  expect(listed.map(({ json }) => json.Resources.map(timeless))).toEqual([users, groups]);
  await drain(endpoint.table);
  expect(contradictions(await readTable(endpoint.table.client, endpoint.table.tableName))).toEqual([]);
}
