import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { defaultApplication } from '../../src/access/application.ts';
import { policySchema } from '../../src/access/policy.ts';
import { marshal, unmarshal } from '../../src/dynamodb/item.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { MemoryApplicationRepository } from '../support/access-memory.ts';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { drain } from '../support/drain.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const addUser = async ({ send }: Endpoint, userName: string, more: object = {}): Promise<string> =>
  (await send('POST', '/Users', { body: { schemas: [USER], userName, ...more } })).json.id;

const addGroup = async ({ send }: Endpoint, displayName: string, members: readonly object[] = []): Promise<string> =>
  (await send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members } })).json.id;

const patch = ({ send }: Endpoint, path: string, ...Operations: readonly object[]) =>
  send('PATCH', path, { body: { schemas: [PATCH], Operations } });

/** Ada in all the places a person can be in: in groups, formerly in one, in a removed one, in a reader's bookmark, as /Me. */
async function aPersonEverywhere(endpoint: Endpoint) {
  const ada = await addUser(endpoint, 'Ada@Example.com', {
    externalId: 'E-1',
    emails: [{ value: 'ada@home.example', type: 'home' }],
    name: { familyName: 'Lovelace' },
  });
  const bea = await addUser(endpoint, 'bea', { [ENTERPRISE]: { employeeNumber: '7' } });
  await addGroup(endpoint, 'Now', [{ value: ada, display: 'Ada L.' }, { value: bea }]);
  const former = await addGroup(endpoint, 'Former', [{ value: ada }, { value: bea }]);
  await patch(endpoint, `/Groups/${former}`, { op: 'remove', path: `members[value eq "${ada}"]` });
  const gone = await addGroup(endpoint, 'Gone', [{ value: ada }]);
  await endpoint.send('DELETE', `/Groups/${gone}`);
  await endpoint.send('GET', '/Users', { query: { count: '1' } });
  await drain(endpoint.table);
  return { ada, bea };
}

/** Of those it takes about five to fill one answer of the store. */
const LARGE = Array.from({ length: 14 }, (_, index) => ({ value: String.fromCharCode(65 + index).repeat(16_000) }));

const TRACE = /ada@example\.com|ada@home|lovelace|ada l\.|e-1"/i;

/** The keys of items that still say something of her, but for the announcement of the removal. */
async function tracesOf({ table }: Endpoint, id: string): Promise<readonly string[]> {
  const items = await readTable(table.client, table.tableName);
  const tell = items.filter((item) => JSON.stringify(item).includes(id) || TRACE.test(JSON.stringify(item)));
  return tell.map(({ pk, sk }) => `${pk?.S} → ${sk?.S}`).filter((key) => key !== `Outbox#User → ${id}`);
}

const problemsIn = async ({ table }: Endpoint) => {
  expect(await drain(table)).toMatchObject({ orphans: 0 });
  return contradictions(await readTable(table.client, table.tableName));
};

describe('scim user purge', () => {
  it.each([
    ['is there', async () => {}],
    ['was removed', async (endpoint: Endpoint, id: string) => void (await endpoint.send('DELETE', `/Users/${id}`))],
    [
      'was removed and swept',
      async (endpoint: Endpoint, id: string) => {
        await endpoint.send('DELETE', `/Users/${id}`);
        await drain(endpoint.table);
      },
    ],
  ])('leaves no trace of a person who %s', async (_, meanwhile) => {
    const endpoint = await openEndpoint();
    const { ada, bea } = await aPersonEverywhere(endpoint);
    const applications = new MemoryApplicationRepository();
    await applications.create({
      ...defaultApplication('2026-01-01T00:00:00.000Z'),
      policy: policySchema.parse({ me: { c1: ada, c2: bea } }),
    });
    await meanwhile(endpoint, ada);
    const { scim } = aDirectoryTerminal(endpoint.table, { applications });

    const purged = await scim('user', 'purge', 'ada@example.com', '--confirm', 'Ada@Example.com');

    expect(purged).toMatchObject({ status: 0, out: [expect.stringContaining(`Purged User ${ada}`)] });
    expect(await tracesOf(endpoint, ada)).toEqual([]);
    expect((await applications.find('default'))?.policy.me).toEqual({ c2: bea });
    expect(await problemsIn(endpoint)).toEqual([]);
    expect((await endpoint.send('GET', '/Users')).json).toMatchObject({ totalResults: 1, Resources: [{ id: bea }] });
    expect(await scim('user', 'restore', ada)).toMatchObject({ status: 1 });
  });

  it('leaves no trace where a walk through all users ended with the person, or was held up by it', async () => {
    const endpoint = await openEndpoint();
    const ada = await addUser(endpoint, 'ada');
    const { client, tableName } = endpoint.table;
    const { pk, sk } = keyOf.backfill('matching/User/title');
    const finished = { after: ada, stuckIds: JSON.stringify(['another', ada]), finishedAt: '2026-01-01T00:00:00.000Z' };
    const { pk: seats, sk: type } = keyOf.seats('User');
    for (const Item of [
      marshal({ pk, sk, schemaVersion: 1, name: 'matching/User/title', revision: 'r', ...finished }),
      marshal({ pk: seats, sk: type, schemaVersion: 1, turn: 3, lookedUpTo: ada }),
    ])
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    const { scim } = aDirectoryTerminal(endpoint.table);

    const { status, err } = await scim('user', 'purge', 'ada', '--confirm', 'ada');

    expect(status).toBe(0);
    expect(err.join()).not.toContain('Work in progress names it in 2');
    expect(await tracesOf(endpoint, ada)).toEqual([]);
    const left = (await readTable(client, tableName)).map((item) => unmarshal(item));
    expect(left).toContainEqual(expect.objectContaining({ sk, finishedAt: finished.finishedAt, stuckIds: '["another"]' }));
    expect(left).toContainEqual(expect.objectContaining({ pk: seats, turn: 3 }));
  });

  it('names resources whose client wrote the id into them, and leaves these as they are', async () => {
    const endpoint = await openEndpoint();
    const ada = await addUser(endpoint, 'ada');
    const bea = await addUser(endpoint, 'bea', { [ENTERPRISE]: { manager: { value: ada } } });
    const { scim } = aDirectoryTerminal(endpoint.table);

    const { status, err } = await scim('user', 'purge', 'ada', '--confirm', 'ada');

    expect(status).toBe(0);
    expect(err).toContainEqual(expect.stringContaining(`as their identity provider wrote them: ${bea}.`));
    expect((await endpoint.send('GET', `/Users/${bea}`)).json[ENTERPRISE]).toMatchObject({ manager: { value: ada } });
  });

  it('goes on part by part where the time of one invocation is too short', async () => {
    const endpoint = await openEndpoint();
    const { ada } = await aPersonEverywhere(endpoint);
    await endpoint.send('DELETE', `/Users/${ada}`);
    await drain(endpoint.table);
    const { scim, asked } = aDirectoryTerminal(endpoint.table, { remainingMs: 2_500 });
    for (let index = 0; index < 20; index += 1) await addUser(endpoint, `filler.${index}`, { x509Certificates: LARGE });

    const { status } = await scim('user', 'purge', 'ada@example.com', '--confirm', 'Ada@Example.com');

    expect(status).toBe(0);
    expect(asked.filter(({ act }) => act === 'resource.purge').length).toBeGreaterThan(3);
    expect(await tracesOf(endpoint, ada)).toEqual([]);
  });
});
