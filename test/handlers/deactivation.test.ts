import { beforeEach, describe, expect, it } from '@jest/globals';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { drain } from '../support/drain.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let table: TestStore;
let on: Endpoint;
let off: Endpoint;

beforeEach(async () => {
  table = await openTestStore();
  on = await openEndpoint({ policy: { deleteDeactivatedUsers: 'on' }, openStore: async () => table });
  off = await openEndpoint({ policy: { deleteDeactivatedUsers: 'off' }, openStore: async () => table });
});

const post = ({ send }: Endpoint, userName: string, externalId: string, more: object = {}): Promise<Answer> =>
  send('POST', '/Users', { body: { schemas: [USER], userName, externalId, active: true, ...more } });

const patch = ({ send }: Endpoint, path: string, ...Operations: readonly object[]): Promise<Answer> =>
  send('PATCH', path, { body: { schemas: [PATCH], Operations } });

const setActive = (endpoint: Endpoint, id: string, value: unknown): Promise<Answer> =>
  patch(endpoint, `/Users/${id}`, { op: 'Replace', path: 'active', value });

async function groupWith(displayName: string, id: string): Promise<string> {
  const { json } = await on.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members: [{ value: id }] } });
  return json.id;
}

const membersOf = async (group: string): Promise<readonly string[]> =>
  ((await on.send('GET', `/Groups/${group}`)).json.members ?? []).map(({ value }: { readonly value: string }) => value);

const found = async ({ send }: Endpoint, filter: string): Promise<readonly string[]> =>
  (await send('GET', '/Users', { query: { filter } })).json.Resources.map(({ id }: { readonly id: string }) => id);

const expectSound = async () => {
  expect(await drain(table)).toMatchObject({ orphans: 0 });
  expect(contradictions(await readTable(table.client, table.tableName))).toEqual([]);
};

const sweeps = [
  ['before the sweep', async () => {}],
  ['after the sweep', async () => void (await drain(table))],
] as const;

describe('Delete the Deactivated users', () => {
  it.each([
    // Removed once, created once, and left alone.
    ['on', () => on, ['disable', 'create', 'nothing', 'nothing']],
    ['off', () => off, ['disable', 'nothing', 'nothing', 'nothing']],
  ])("switched %s: a reused address never gets the former person's id or groups; a blocked user does not loop", async (_, open, wanted) => {
    const endpoint = open();
    const former = (await post(endpoint, 'john@example.com', 'E-1')).json;
    const group = await groupWith('Finance', former.id);
    await endpoint.send('DELETE', `/Users/${former.id}`);

    const other = (await post(endpoint, 'John@Example.com', 'E-2')).json;
    const nobodys = (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName: 'john@example.com' } })).status;
    await drain(table);

    expect(other.id).not.toBe(former.id);
    expect(nobodys).toBe(409);
    expect((await endpoint.send('GET', `/Users/${other.id}`)).json.groups ?? []).toEqual([]);
    expect(await membersOf(group)).toEqual([]);

    const cycles: string[] = [];
    for (let cycle = 0; cycle < 4; cycle += 1) cycles.push(await cycleOfABlockedUser(endpoint, other.id));

    expect(cycles).toEqual(wanted);
    await expectSound();
  });

  /** What Entra ID does about somebody who is blocked and still assigned: match, create if there is none, else disable. */
  async function cycleOfABlockedUser(endpoint: Endpoint, known: string): Promise<string> {
    const writes: string[] = [];
    let [id] = await found(endpoint, 'externalId eq "E-2"');
    if (id === undefined) {
      id = (await post(endpoint, 'john@example.com', 'E-2', { active: false })).json.id;
      writes.push('create');
    }
    const { status, json, line } = await setActive(endpoint, id ?? known, 'False');
    expect(status).toBe(200);
    expect(json.active).toBe(false);
    if (line.effect !== undefined || line.changed?.length !== 0) writes.push('disable');
    return writes.length === 0 ? 'nothing' : writes.join(', ');
  }
});

describe('Delete the Deactivated users, switched on', () => {
  it('answers a deactivation that removes like one that disables, with the user as it last was', async () => {
    const { json: user } = await post(on, 'ada', 'E-1', { title: 'Countess' });
    const group = await groupWith('Finance', user.id);

    const { status, json, line } = await setActive(on, user.id, 'False');

    expect(status).toBe(200);
    expect(json).toMatchObject({ id: user.id, userName: 'ada', title: 'Countess', active: false, meta: { version: 'W/"1"' } });
    expect(line).toMatchObject({ operation: 'update', effect: 'removed', changed: ['active'], subject: 'ada', resourceId: user.id });
    expect((await on.send('GET', `/Users/${user.id}`)).status).toBe(404);
    expect(await found(on, 'userName eq "ada"')).toEqual([]);
    expect(await membersOf(group)).toEqual([]);
    await expectSound();
  });

  it('restores the user as it was before, whatever else the request would have changed', async () => {
    const { json: user } = await post(on, 'ada', 'E-1', { title: 'Countess' });
    await patch(on, `/Users/${user.id}`, { op: 'replace', value: { active: false, title: 'Leaver' } });

    await administerRemoved(table).restore('User', 'ada');

    const { json } = await on.send('GET', `/Users/${user.id}`);
    expect(json).toMatchObject({ active: true, title: 'Countess', meta: { version: 'W/"3"' } });
  });

  it('removes in a bulk request as well, and says so on the line of the operation', async () => {
    const { json: user } = await post(on, 'ada', 'E-1');
    const data = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value: false }] };

    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'PATCH', path: `/Users/${user.id}`, data }],
    };
    const { json } = await on.send('POST', '/Bulk', { body });

    expect(json.Operations).toMatchObject([{ status: '204' }]);
    expect(on.lines).toContainEqual(expect.objectContaining({ event: 'bulkOperation', effect: 'removed' }));
    expect((await on.send('GET', `/Users/${user.id}`)).status).toBe(404);
  });

  it('refuses a deactivation of another version than the one that is there', async () => {
    const { json: user } = await post(on, 'ada', 'E-1');

    const { status } = await on.send('PATCH', `/Users/${user.id}`, {
      body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value: false }] },
      headers: { 'If-Match': 'W/"7"' },
    });

    expect(status).toBe(412);
    expect((await on.send('GET', `/Users/${user.id}`)).json.active).toBe(true);
  });

  it('only disables where the application may not remove', async () => {
    const policy = { deleteDeactivatedUsers: 'on', features: { remove: 'refuse' } };
    const careful = await openEndpoint({ policy, openStore: async () => table });
    const { json: user } = await post(careful, 'ada', 'E-1');

    const { line } = await setActive(careful, user.id, false);

    expect(line.effect).toBeUndefined();
    expect((await careful.send('GET', `/Users/${user.id}`)).json.active).toBe(false);
  });
});

describe('Delete the Deactivated users, switched off', () => {
  it.each(sweeps)('gives somebody who returns %s the former id and groups, and is otherwise as sent', async (_, meanwhile) => {
    const { json: former } = await post(off, 'ada', 'E-1', { title: 'Countess', nickName: 'A' });
    const group = await groupWith('Finance', former.id);
    const removal = await off.send('DELETE', `/Users/${former.id}`);
    await meanwhile();

    const { status, json, headers, line } = await post(off, 'ADA', 'E-1', { title: 'Dr' });
    await drain(table);

    expect(removal.line).toMatchObject({ operation: 'remove', effect: 'kept' });
    expect(status).toBe(201);
    expect(json).toMatchObject({ id: former.id, userName: 'ADA', title: 'Dr', meta: { created: former.meta.created, version: 'W/"3"' } });
    expect(json.nickName).toBeUndefined();
    expect(headers['location']).toContain(former.id);
    expect(line).toMatchObject({ operation: 'create', effect: 'returned', resourceId: former.id });
    expect(await membersOf(group)).toEqual([former.id]);
    expect((await off.send('GET', `/Users/${former.id}`)).json.groups).toMatchObject([{ value: group, display: 'Finance' }]);
    await expectSound();
  });

  it('gives the id once: of two POSTs of somebody who returns, one has it, and the other finds the name taken', async () => {
    const { json: former } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${former.id}`);

    const answers = await Promise.all([post(off, 'ada', 'E-1'), post(off, 'ada', 'E-1')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 201)?.json.id).toBe(former.id);
    await expectSound();
  });

  it.each([1, 2, 3, 4, 5])('has one user of the name after a restore and a POST at the same time (%i)', async () => {
    const { json: former } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${former.id}`);

    const [restored, posted] = await Promise.allSettled([administerRemoved(table).restore('User', former.id), post(off, 'ada', 'E-1')]);

    const [id, ...others] = await found(off, 'userName eq "ada"');
    expect([id, others]).toEqual([former.id, []]);
    const status = posted.status === 'fulfilled' ? posted.value.status : posted.reason;
    expect([restored.status, status]).toEqual(status === 201 ? ['rejected', 201] : ['fulfilled', 409]);
    await expectSound();
  });

  it.each([1, 2, 3, 4, 5])('loses nobody to a DELETE and a deactivation at the same time (%i)', async () => {
    const { json: former } = await post(off, 'ada', 'E-1');

    const [deactivated, deleted] = await Promise.all([setActive(off, former.id, false), off.send('DELETE', `/Users/${former.id}`)]);
    const returned = await post(off, 'ada', 'E-1');

    expect(deleted.status).toBe(204);
    expect([200, 404]).toContain(deactivated.status);
    expect(returned.json.id).toBe(former.id);
    await expectSound();
  });

  it('keeps former people of one name apart, and the latest of one person', async () => {
    const { json: first } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${first.id}`);
    const { json: second } = await post(off, 'ada', 'E-2');
    await off.send('DELETE', `/Users/${second.id}`);

    const { json: returned } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${returned.id}`);
    const { json: other } = await post(off, 'ada', 'E-2');

    expect([returned.id, other.id]).toEqual([first.id, second.id]);
    expect((await administerRemoved(table).list('User')).removed.map(({ id, until }) => [id, until])).toEqual([[first.id, undefined]]);
    await expectSound();
  });

  it('does not restore the former one while another has the name, and says who', async () => {
    const { json: former } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${former.id}`);
    const { json: other } = await post(off, 'ada', 'E-2');

    await expect(administerRemoved(table).restore('User', former.id)).rejects.toThrow(
      `The User ${former.id} cannot be restored: its userName is that of the User ${other.id} now. Rename or remove that one first.`,
    );
  });

  it('forgets under what a user was kept once it is restored and has another name', async () => {
    const { json: former } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${former.id}`);
    await administerRemoved(table).restore('User', former.id);
    await patch(off, `/Users/${former.id}`, { op: 'replace', path: 'userName', value: 'augusta' });
    await off.send('DELETE', `/Users/${former.id}`);

    const { json: other } = await post(off, 'ada', 'E-1');
    const { json: returned } = await post(off, 'augusta', 'E-1');

    expect(other.id).not.toBe(former.id);
    expect(returned.id).toBe(former.id);
    expect((await readTable(table.client, table.tableName)).filter(({ pk }) => pk?.S?.startsWith('Kept#'))).toEqual([]);
  });

  it('knows people by what the application itself calls them', async () => {
    const principal = { application: 'other' };
    const other = await openEndpoint({ policy: { deleteDeactivatedUsers: 'off' }, principal, openStore: async () => table });
    const { json: former } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${former.id}`);

    const { json: theirs } = await post(other, 'ada', 'E-1');

    expect(theirs.id).not.toBe(former.id);
  });

  it('makes the profile of somebody who returns anew', async () => {
    const mappingOf = async () => ({ User: [{ target: 'login', path: 'userName' }] });
    const policy = { deleteDeactivatedUsers: 'off' };
    const mapped = await openEndpoint({ policy, services: { mappingOf }, openStore: async () => table });
    const { json: former } = await post(mapped, 'ada', 'E-1');
    await mapped.send('DELETE', `/Users/${former.id}`);

    await post(mapped, 'ADA', 'E-1');

    const loaded = await table.store.load('User', former.id, {}, aCall());
    expect(loaded?.resource.profile?.values).toEqual({ login: 'ADA' });
  });

  it('keeps nothing of somebody who is purged', async () => {
    const { json: former } = await post(off, 'ada', 'E-1');
    await off.send('DELETE', `/Users/${former.id}`);
    await drain(table);

    const { status } = await aDirectoryTerminal(table).scim('user', 'purge', 'ada', '--confirm', 'ada');
    const kept = (await readTable(table.client, table.tableName)).filter(({ pk }) => pk?.S?.startsWith('Kept#'));
    const { json: other } = await post(off, 'ada', 'E-1');

    expect([status, kept]).toEqual([0, []]);
    expect(other.id).not.toBe(former.id);
  });

  it('removes groups as ever', async () => {
    const { json: user } = await post(off, 'ada', 'E-1');
    const group = await groupWith('Finance', user.id);
    await off.send('DELETE', `/Groups/${group}`);

    const { removed } = await administerRemoved(table).list('Group');

    expect(removed).toMatchObject([{ id: group, until: expect.any(String) }]);
  });

  it('costs a creation and a removal two write units each, and no round trip', async () => {
    const standard = await openEndpoint({ openStore: async () => table });
    const user = { emails: [{ value: 'ada@example.com', type: 'work' }] };
    const costs = async (endpoint: Endpoint, name: string) => {
      const created = await post(endpoint, name, `E-${name}`, user);
      const removed = await endpoint.send('DELETE', `/Users/${created.json.id}`);
      return [created, removed].map(({ line }) => [line.storeRoundTrips, line.writeUnits]);
    };

    const [created = [], removed = []] = await costs(standard, 'one');

    expect(await costs(off, 'two')).toEqual([
      [1, Number(created[1]) + 2],
      [2, Number(removed[1]) + 2],
    ]);
    expect(Number(removed[1]) + 2).toBeLessThanOrEqual(20);
  });
});
