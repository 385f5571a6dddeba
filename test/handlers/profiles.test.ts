import { beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredResource } from '../../src/directory/resource.ts';
import type { AttributeMapping } from '../../src/scim/mapping/shape.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { aCall } from '../support/store-call.ts';
import { aTransfer, exportAll, importAll } from '../support/transfer-services.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const LOGIN = { User: [{ target: 'login', path: 'userName', transforms: ['lowerCase'] }] } as const;
const MAPPING: AttributeMapping = {
  User: [...LOGIN.User, { target: 'title', path: 'title', default: 'none' }, { target: 'hr', path: 'externalId' }],
  Group: [{ target: 'team', path: 'displayName' }],
};

/** By application; changed by a test that changes a mapping. */
const mappings: Record<string, AttributeMapping> = { default: MAPPING };
const mappingOf = async (application: string) => mappings[application];

let endpoint: Endpoint;
/** The same directory, for another application, which has no mapping. */
let others: Endpoint;

beforeAll(async () => {
  endpoint = await openEndpoint({ services: { mappingOf } });
  others = await openEndpoint({ principal: { application: 'hr' }, services: { mappingOf }, openStore: async () => endpoint.table });
});

const create = async (path: string, body: object): Promise<string> => (await endpoint.send('POST', path, { body })).json.id;
const aUser = (userName: string, more: object = {}) => create('/Users', { schemas: [USER], userName, ...more });

async function stored(id: string, type = 'User'): Promise<StoredResource | undefined> {
  return (await endpoint.table.store.load(type, id, {}, aCall()))?.resource;
}

const valuesOf = async (id: string, type = 'User') => (await stored(id, type))?.profile?.values;

const patch = (at: Endpoint, path: string, ...Operations: readonly object[]) =>
  at.send('PATCH', path, { body: { schemas: [PATCH], Operations } });

describe('the profile of a resource', () => {
  it('is there with a user that is created, and no client sees it', async () => {
    const id = await aUser('ADA@example.com', { externalId: 'hr-1' });

    expect(await valuesOf(id)).toEqual({ login: 'ada@example.com', title: 'none', hr: 'hr-1' });
    const { json } = await endpoint.send('GET', `/Users/${id}`);
    expect(Object.keys(json).toSorted()).toEqual(['externalId', 'id', 'meta', 'schemas', 'userName']);
    expect((await endpoint.send('GET', '/Users', { query: { attributes: 'profile' } })).text).not.toContain('none');
    expect((await endpoint.send('GET', '/Users', { query: { filter: 'profile.login pr' } })).status).toBe(400);
  });

  it('follows a PATCH, and stays as it is when nothing changes', async () => {
    const id = await aUser('patched@example.com', { title: 'Countess' });

    await patch(
      endpoint,
      `/Users/${id}`,
      { op: 'replace', path: 'userName', value: 'CHANGED@example.com' },
      { op: 'remove', path: 'title' },
    );

    const changed = await stored(id);
    expect(changed?.profile?.values).toEqual({ login: 'changed@example.com', title: 'none' });
    await patch(endpoint, `/Users/${id}`, { op: 'replace', path: 'userName', value: 'CHANGED@example.com' });
    expect(await stored(id)).toEqual(changed);
  });

  it('follows a PUT', async () => {
    const id = await aUser('put@example.com', { title: 'Countess' });

    await endpoint.send('PUT', `/Users/${id}`, { body: { schemas: [USER], userName: 'Put2@example.com', title: 'Duchess' } });

    expect(await valuesOf(id)).toEqual({ login: 'put2@example.com', title: 'Duchess' });
  });

  it('of a group follows a change of its members by a PUT, too: a profile that was read before a rebuild is not written back', async () => {
    const member = await aUser('member@example.com');
    mappings['default'] = LOGIN;
    const group = await create('/Groups', { schemas: [GROUP], displayName: 'Engines' });
    mappings['default'] = MAPPING;

    await endpoint.send('PUT', `/Groups/${group}`, { body: { schemas: [GROUP], displayName: 'Engines', members: [{ value: member }] } });

    expect(await valuesOf(group, 'Group')).toEqual({ team: 'Engines' });
  });

  it('follows each operation of a bulk request', async () => {
    const { json } = await endpoint.send('POST', '/Bulk', {
      body: {
        schemas: [BULK],
        Operations: [
          { method: 'POST', path: '/Users', bulkId: 'b', data: { schemas: [USER], userName: 'Bulk@example.com' } },
          {
            method: 'PATCH',
            path: '/Users/bulkId:b',
            data: { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'Lord' }] },
          },
        ],
      },
    });

    const id = json.Operations[0].location.split('/').at(-1);
    expect(await valuesOf(id)).toEqual({ login: 'bulk@example.com', title: 'Lord' });
  });

  it('is a group’s too, which a change of its members leaves alone', async () => {
    const id = await create('/Groups', { schemas: [GROUP], displayName: 'Sales' });
    const before = await stored(id, 'Group');

    await patch(endpoint, `/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: await aUser('member@example.com') }] });
    expect(before?.profile?.values).toEqual({ team: 'Sales' });
    expect((await stored(id, 'Group'))?.profile).toEqual(before?.profile);

    await patch(endpoint, `/Groups/${id}`, { op: 'replace', path: 'displayName', value: 'Marketing' });
    expect(await valuesOf(id, 'Group')).toEqual({ team: 'Marketing' });
  });

  it('is made by the mapping of the application that created it, whoever changes it', async () => {
    const id = await aUser('shared@example.com', { externalId: 'hr-2' });

    const { status } = await patch(others, `/Users/${id}`, { op: 'add', value: { title: 'Earl', externalId: 'its-own' } });

    expect(status).toBe(200);
    expect(await valuesOf(id)).toEqual({ login: 'shared@example.com', title: 'Earl', hr: 'hr-2' });
    const theirs = await others.send('POST', '/Users', { body: { schemas: [USER], userName: 'theirs@example.com' } });
    expect(await stored(theirs.json.id)).not.toHaveProperty('profile');
  });

  it('goes with the next change once there is no mapping, and says by its revision that it is out of date until then', async () => {
    const id = await aUser('unmapped@example.com');
    const revision = (await stored(id))?.profile?.revision;

    mappings['default'] = LOGIN;
    await patch(endpoint, `/Users/${id}`, { op: 'add', path: 'title', value: 'Baron' });
    const renewed = (await stored(id))?.profile;
    delete mappings['default'];
    await patch(endpoint, `/Users/${id}`, { op: 'add', path: 'title', value: 'Baroness' });
    mappings['default'] = MAPPING;

    expect(renewed?.values).toEqual({ login: 'unmapped@example.com' });
    expect(renewed?.revision).not.toBe(revision);
    expect(await stored(id)).not.toHaveProperty('profile');
  });

  it('is made anew when a removed user is restored', async () => {
    const id = await aUser('restored@example.com');
    await endpoint.send('DELETE', `/Users/${id}`);

    await administerRemoved(endpoint.table, Date.now, async () => LOGIN).restore('User', id);

    expect(await valuesOf(id)).toEqual({ login: 'restored@example.com' });
  });

  it('is in no export, and made by the mapping that is there when the file is brought in', async () => {
    const lines = await exportAll(aTransfer(endpoint.table));
    const elsewhere = await openEndpoint();
    const transfer = aTransfer(elsewhere.table, Date.now, async () => LOGIN);

    const { counts } = await importAll(transfer, lines);

    expect(lines.join('\n')).not.toContain('"profile"');
    expect(counts).toMatchObject({ created: expect.any(Number) });
    for await (const chunk of elsewhere.table.store.scan('User', {}, aCall())) {
      for (const { resource } of chunk) {
        expect(resource.profile?.values).toEqual({ login: String(resource.attributes['userName']).toLowerCase() });
      }
    }
  });

  it('counts with what one resource may take up', async () => {
    const times = (count: number) => Array.from({ length: count }, (_, index) => ({ target: `copy${index}`, path: 'title' }));
    const title = 't'.repeat(4_000);

    const mapped = await openEndpoint({ services: { mappingOf: async () => ({ User: times(100) }) } });
    const { status, json } = await mapped.send('POST', '/Users', { body: { schemas: [USER], userName: 'large', title } });

    expect(status).toBe(413);
    expect(json.detail).toContain('The resource is larger than');
    expect((await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName: 'large', title } })).status).toBe(201);
  });
});
