import { beforeEach, describe, expect, it } from '@jest/globals';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from '../support/drain.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { openTestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let endpoint: Endpoint;
let administer: ReturnType<typeof administerRemoved>;

/** A change of more than two members is a large one. */
const openSmall = async () => {
  const opened = await openTestStore();
  return { ...opened, store: openDirectoryStore({ ...opened, registry: REGISTRY, transactionLimit: 8 }) };
};

beforeEach(async () => {
  endpoint = await openEndpoint({ openStore: openSmall });
  administer = administerRemoved(endpoint.table);
});

const addUser = async (userName: string, more: object = {}) =>
  (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName, ...more } })).json;

const addGroup = async (displayName: string, members: readonly object[] = []) =>
  (await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members } })).json;

const addUsers = (count: number, name: string) => Promise.all(Array.from({ length: count }, (_, index) => addUser(`${name}.${index}`)));

const remove = async (path: string) => expect((await endpoint.send('DELETE', path)).status).toBe(204);

const membersOf = async (id: string): Promise<readonly string[]> =>
  ((await endpoint.send('GET', `/Groups/${id}`)).json.members ?? []).map(({ value }: { readonly value: string }) => value).sort();

const groupsOf = async (id: string): Promise<readonly string[]> =>
  ((await endpoint.send('GET', `/Users/${id}`)).json.groups ?? []).map(({ display }: { readonly display: string }) => display).sort();

const expectSound = async () => {
  const findings = await drain(endpoint.table);
  expect(findings).toMatchObject({ orphans: 0 });
  expect(contradictions(await readTable(endpoint.table.client, endpoint.table.tableName))).toEqual([]);
};

const asMembers = (resources: readonly { readonly id: string }[]) => resources.map(({ id }) => ({ value: id }));
const idsOf = (resources: readonly { readonly id: string }[]) => resources.map(({ id }) => id).sort();

describe.each([
  ['before it is swept', async () => {}],
  ['after it was swept', async () => void (await drain(endpoint.table))],
])('a user restored %s', (_, meanwhile) => {
  it('is there again under the same id, found by the same values, in the same groups', async () => {
    const user = await addUser('ada@example.com', { externalId: 'E-1', emails: [{ value: 'ada@example.com', type: 'work' }] });
    const groups = [await addGroup('One', [{ value: user.id, display: 'Ada' }]), await addGroup('Two', asMembers([user]))];
    await remove(`/Users/${user.id}`);
    await meanwhile();

    const restored = await administer.restore('User', 'ADA@example.com');

    const { json } = await endpoint.send('GET', `/Users/${user.id}`);
    expect(restored).toMatchObject({ type: 'User', id: user.id, name: 'ada@example.com', isComplete: true });
    expect(json).toMatchObject({ userName: 'ada@example.com', externalId: 'E-1', emails: user.emails, meta: { version: 'W/"3"' } });
    for (const filter of ['userName eq "ada@example.com"', 'externalId eq "E-1"', 'emails.value eq "ada@example.com"']) {
      expect((await endpoint.send('GET', '/Users', { query: { filter } })).json.totalResults).toBe(1);
    }
    expect(await groupsOf(user.id)).toEqual(['One', 'Two']);
    expect((await endpoint.send('GET', `/Groups/${groups[0].id}`)).json.members).toMatchObject([{ value: user.id, display: 'Ada' }]);
    expect((await endpoint.send('GET', '/Users', { query: { count: '0' } })).json.totalResults).toBe(1);
    await expectSound();
  });

  it('bears the name its groups have by now', async () => {
    const user = await addUser('ada');
    const group = await addGroup('Old', asMembers([user]));
    await remove(`/Users/${user.id}`);
    await meanwhile();
    const rename = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'New' }] };
    await endpoint.send('PATCH', `/Groups/${group.id}`, { body: rename });

    await administer.restore('User', user.id);

    await expectSound();
    expect(await groupsOf(user.id)).toEqual(['New']);
  });

  it('is in no group that was removed meanwhile, until that one is restored, too', async () => {
    const user = await addUser('ada');
    const group = await addGroup('Gone', asMembers([user]));
    await remove(`/Users/${user.id}`);
    await meanwhile();
    await remove(`/Groups/${group.id}`);
    await meanwhile();

    await administer.restore('User', user.id);
    const alone = await groupsOf(user.id);
    await expectSound();
    await administer.restore('Group', group.id);

    expect(alone).toEqual([]);
    await expectSound();
    expect(await groupsOf(user.id)).toEqual(['Gone']);
  });
});

describe('a sweep that a restore and another removal overtake', () => {
  it('moves nothing by what it knows of the first', async () => {
    const users = await addUsers(45, 'overtaken');
    const group = await addGroup('Overtaken', asMembers(users.slice(0, 40)));
    await remove(`/Groups/${group.id}`);
    const { client } = await openTestTable();
    let isOvertaken = false;
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'TransactWriteItemsCommand' && !isOvertaken) {
          isOvertaken = true;
          await administer.restore('Group', group.id);
          const replace = { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: asMembers(users) }] };
          await endpoint.send('PATCH', `/Groups/${group.id}`, { body: replace });
          await remove(`/Groups/${group.id}`);
        }
        return next(args);
      },
      { step: 'initialize', name: 'overtake' },
    );

    await drain({ client, tableName: endpoint.table.tableName });
    await administer.restore('Group', group.id);

    expect(isOvertaken).toBe(true);
    expect(await membersOf(group.id)).toEqual(idsOf(users));
    await expectSound();
  });
});

describe('a user whose name is another’s by now', () => {
  it('is not restored, and nothing has changed', async () => {
    const user = await addUser('ada');
    await remove(`/Users/${user.id}`);
    const other = await addUser('ada');

    await expect(administer.restore('User', user.id)).rejects.toThrow(`its userName is that of the User ${other.id} now`);

    expect((await endpoint.send('GET', `/Users/${user.id}`)).status).toBe(404);
    expect((await administer.list('User')).removed).toMatchObject([{ id: user.id, name: 'ada', removedBy: 'default' }]);
    await expectSound();
  });
});

describe('what is to be restored', () => {
  it('is named by its id where several have had the name', async () => {
    const first = await addUser('ada');
    await remove(`/Users/${first.id}`);
    const second = await addUser('ada');
    await remove(`/Users/${second.id}`);

    const byName = administer.restore('User', 'ada');

    await expect(byName).rejects.toThrow(`2 removed resources of type User have had this name`);
    await expect(byName).rejects.toThrow(first.id);
    expect(await administer.restore('User', first.id)).toMatchObject({ id: first.id });
    expect((await administer.list('User')).removed.map(({ id }) => id)).toEqual([second.id]);
  });

  it('has to have been removed', async () => {
    const user = await addUser('ada');

    await expect(administer.restore('User', user.id)).rejects.toThrow('is there: nothing has to be restored');
    await expect(administer.restore('User', 'bob')).rejects.toThrow('No removed User has this id or name');
    await expect(administer.restore('Usr', 'bob')).rejects.toThrow('There is no resource type "Usr"');
  });

  it('is gone for good when its time is over', async () => {
    const kept = await openEndpoint({ openStore: () => openTestStore({ now: () => Date.now() - 31 * 86_400_000 }) });
    const { id } = (await kept.send('POST', '/Users', { body: { schemas: [USER], userName: 'old' } })).json;
    await kept.send('DELETE', `/Users/${id}`);
    const { client, tableName } = kept.table;
    const now = openDirectoryStore({ client, tableName, registry: REGISTRY });

    const later = administerRemoved({ ...kept.table, store: now });

    await expect(later.restore('User', id)).rejects.toThrow('its time is over');
    expect(await later.list('User')).toEqual({ type: 'User', total: 0, removed: [] });
  });
});

describe('a group', () => {
  it('comes back with all of its members, those excepted that are gone', async () => {
    const users = await addUsers(70, 'member');
    const group = await addGroup('Seventy', asMembers(users));
    await remove(`/Groups/${group.id}`);
    await drain(endpoint.table);
    await remove(`/Users/${users[0].id}`);

    const restored = await administer.restore('Group', 'seventy');

    expect(restored).toMatchObject({ memberships: 70, isComplete: true });
    expect(await membersOf(group.id)).toEqual(idsOf(users.slice(1)));
    await administer.restore('User', users[0].id);
    expect(await membersOf(group.id)).toEqual(idsOf(users));
    await expectSound();
  });

  it('has the members that a large change had given it, finished or not', async () => {
    const users = await addUsers(12, 'changed');
    const group = await addGroup('Changed', asMembers(users.slice(0, 6)));
    const replace = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'members', value: asMembers(users.slice(4)) }] };
    await endpoint.send('PATCH', `/Groups/${group.id}`, { body: replace });
    await remove(`/Groups/${group.id}`);

    await administer.restore('Group', group.id);
    const unswept = await membersOf(group.id);
    await remove(`/Groups/${group.id}`);
    await drain(endpoint.table);
    await administer.restore('Group', group.id);

    expect(unswept).toEqual(idsOf(users.slice(4)));
    expect(await membersOf(group.id)).toEqual(idsOf(users.slice(4)));
    await expectSound();
  });

  it('takes large changes again', async () => {
    const users = await addUsers(12, 'again');
    const group = await addGroup('Again', asMembers(users.slice(0, 6)));
    await remove(`/Groups/${group.id}`);
    await administer.restore('Group', group.id);
    const replace = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'members', value: asMembers(users.slice(4)) }] };

    const { status } = await endpoint.send('PATCH', `/Groups/${group.id}`, { body: replace, query: { excludedAttributes: 'members' } });

    expect(status).toBe(200);
    expect(await membersOf(group.id)).toEqual(idsOf(users.slice(4)));
    await expectSound();
  });
});
