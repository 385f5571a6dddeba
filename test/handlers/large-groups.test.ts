import { beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../support/drain.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { aUser, create } from '../support/store-resources.ts';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const COUNT = 150;
const NOBODY = '00000000-0000-7000-8000-000000000000';

let endpoint: Endpoint;
let ids: readonly string[] = [];

beforeAll(async () => {
  endpoint = await openEndpoint();
  const users = Array.from({ length: COUNT }, (_, index) => aUser(`user-${index}`));
  for (let at = 0; at < COUNT; at += 25) await Promise.all(users.slice(at, at + 25).map((user) => create(endpoint.table.store, user)));
  ids = users.map(({ id }) => id).sort();
});

const values = (some = ids) => some.map((value) => ({ value }));

const aGroup = (displayName: string, members = values()) => ({ schemas: [GROUP], displayName, members });

async function createGroup(displayName: string, members = values()): Promise<string> {
  const { status, json } = await endpoint.send('POST', '/Groups', { body: aGroup(displayName, members) });
  expect(status).toBe(201);
  return json.id;
}

const patch = (id: string, ...Operations: readonly object[]) =>
  endpoint.send('PATCH', `/Groups/${id}`, { body: { schemas: [PATCH], Operations } });

async function read(id: string) {
  const { json } = await endpoint.send('GET', `/Groups/${id}`);
  return { version: json.meta.version, members: (json.members ?? []).map(({ value }: { value: string }) => value).sort() };
}

describe('a group of more members than fit one transaction', () => {
  it('is created, and each member says so', async () => {
    const id = await createGroup('created');

    expect(await read(id)).toEqual({ version: 'W/"1"', members: ids });
    const { json } = await endpoint.send('GET', '/Users', { query: { filter: `groups.value eq "${id}"`, count: '200' } });
    expect(json.totalResults).toBe(COUNT);
  });

  it('gains and loses them with one PATCH, and one version', async () => {
    const id = await createGroup('patched', values(ids.slice(0, 60)));

    const { status } = await patch(
      id,
      { op: 'add', path: 'members', value: values(ids.slice(60)) },
      { op: 'remove', path: 'members', value: values(ids.slice(0, 50)) },
      { op: 'replace', path: 'displayName', value: 'patched and renamed' },
    );

    expect(status).toBe(200);
    expect(await read(id)).toEqual({ version: 'W/"2"', members: ids.slice(50) });
    const { json } = await endpoint.send('GET', `/Users/${ids[60]}`);
    expect(json.groups).toContainEqual(expect.objectContaining({ value: id, display: 'patched and renamed' }));
  });

  it('has exactly those a PUT says, and none when all are removed', async () => {
    const id = await createGroup('put', values(ids.slice(0, 40)));

    await endpoint.send('PUT', `/Groups/${id}`, { body: aGroup('put', values(ids.slice(20))) });
    const replaced = await read(id);
    await patch(id, { op: 'remove', path: 'members' });

    expect(replaced).toEqual({ version: 'W/"2"', members: ids.slice(20) });
    expect(await read(id)).toEqual({ version: 'W/"3"', members: [] });
  });

  it('is refused as a whole when one of them does not exist, who is named', async () => {
    const id = await createGroup('refused', values(ids.slice(0, 1)));

    const answer = await patch(id, { op: 'add', path: 'members', value: values([...ids, NOBODY]) });

    expect(answer).toMatchObject({ status: 400, json: { scimType: 'invalidValue', detail: expect.stringContaining(NOBODY) } });
    expect(await read(id)).toEqual({ version: 'W/"1"', members: ids.slice(0, 1) });
  });

  it('keeps the condition of its request', async () => {
    const id = await createGroup('conditional', []);
    const add = (version: string) =>
      endpoint.send('PATCH', `/Groups/${id}`, {
        headers: { 'If-Match': version },
        body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: values() }] },
      });

    expect([(await add('W/"7"')).status, (await add('W/"1"')).status, (await add('W/"1"')).status]).toEqual([412, 204, 412]);
  });

  it('is created in bulk, and the same request again creates nothing', async () => {
    const body = {
      schemas: [BULK],
      Operations: [{ method: 'POST', path: '/Groups', bulkId: 'g', data: aGroup('in bulk') }],
    };

    const [first, again] = [await endpoint.send('POST', '/Bulk', { body }), await endpoint.send('POST', '/Bulk', { body })];

    expect(first.json.Operations[0].status).toBe('201');
    expect(again.json.Operations[0].location).toBe(first.json.Operations[0].location);
  });

  it('leaves a table that agrees with itself', async () => {
    await drain(endpoint.table);

    const items = await readTable(endpoint.table.client, endpoint.table.tableName);
    expect(contradictions(items)).toEqual([]);
    expect(items.filter(({ change }) => change !== undefined)).toEqual([]);
    expect(items.filter(({ pk, changePhase }) => pk?.S === 'Change' && changePhase?.S !== 'undoing')).toEqual([]);
  });
});
