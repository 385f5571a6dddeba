import { beforeEach, describe, expect, it } from '@jest/globals';
import { indexEntries } from '../../src/directory/index-entries.ts';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { idOf, postUser, sendBulk, statusesOf } from '../support/bulk.ts';
import { drain } from '../support/drain.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { aCall, STAMP } from '../support/store-call.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let endpoint: Endpoint;
let administer: ReturnType<typeof administerRemoved>;

beforeEach(async () => {
  endpoint = await openEndpoint();
  administer = administerRemoved(endpoint.table);
});

const addUser = async (userName: string) => (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName } })).json;

const addGroup = async (displayName: string, members: readonly { readonly id: string }[]) =>
  (await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members: members.map(({ id }) => ({ value: id })) } }))
    .json;

const patch = async (path: string, ...Operations: readonly object[]) =>
  expect((await endpoint.send('PATCH', path, { body: { schemas: [PATCH], Operations } })).status).toBeLessThan(300);

const remove = async (path: string) => expect((await endpoint.send('DELETE', path)).status).toBe(204);

const groupsOf = async (id: string): Promise<readonly string[]> =>
  ((await endpoint.send('GET', `/Users/${id}`)).json.groups ?? []).map(({ display }: { readonly display: string }) => display).sort();

const expectSound = async () => {
  expect(await drain(endpoint.table)).toMatchObject({ orphans: 0 });
  expect(contradictions(await readTable(endpoint.table.client, endpoint.table.tableName))).toEqual([]);
};

describe('a group that is restored before anything was swept', () => {
  it('is known to its members by the name it was given last', async () => {
    const user = await addUser('ada');
    const group = await addGroup('Old', [user]);
    await patch(`/Groups/${group.id}`, { op: 'replace', path: 'displayName', value: 'New' });
    await remove(`/Groups/${group.id}`);

    await administer.restore('Group', group.id);

    expect(await groupsOf(user.id)).toEqual(['New']);
    await expectSound();
    expect(await groupsOf(user.id)).toEqual(['New']);
  });
});

describe('a user who was created by a bulk request that was sent again after the removal', () => {
  it('is refused for its name, at once', async () => {
    const first = await sendBulk(endpoint, [postUser('ada')]);
    await remove(`/Users/${idOf(first, 0)}`);
    const second = await sendBulk(endpoint, [postUser('ada')]);
    expect(statusesOf(second)).toEqual(['201']);

    await expect(administer.restore('User', idOf(first, 0))).rejects.toThrow(`its userName is that of the User ${idOf(second, 0)} now`);
  });

  it('is restored where that one has another name', async () => {
    const first = await sendBulk(endpoint, [postUser('ada')]);
    await remove(`/Users/${idOf(first, 0)}`);
    const second = await sendBulk(endpoint, [postUser('ada')]);
    await patch(`/Users/${idOf(second, 0)}`, { op: 'replace', path: 'userName', value: 'other' });

    expect(await administer.restore('User', idOf(first, 0))).toMatchObject({ id: idOf(first, 0) });
    await expectSound();
  });
});

describe('a worker that is late', () => {
  it('does not bring back a membership that others have brought back, and clients have ended since', async () => {
    const user = await addUser('ada');
    const [left, stays] = [await addGroup('Left', [user]), await addGroup('Stays', [user])];
    await remove(`/Users/${user.id}`);
    await drain(endpoint.table);
    await restoreAlone(user.id);
    const work = { kind: 'return', type: 'User', id: user.id } as const;
    const late = await overtaken(async () => {
      await openSweeper({ ...endpoint.table, registry: REGISTRY }).perform(work, aCall());
      await patch(`/Groups/${left.id}`, { op: 'remove', path: `members[value eq "${user.id}"]` });
    });

    const { left: rest } = await openSweeper({ ...endpoint.table, client: late, registry: REGISTRY }).perform(work, aCall());

    expect(await groupsOf(user.id)).toEqual([stays.displayName]);
    expect(rest).toEqual([]);
    await expectSound();
  });
});

/** The one transaction, with all its memberships still to come back. */
async function restoreAlone(id: string): Promise<void> {
  const { store } = endpoint.table;
  const [type] = REGISTRY;
  const removed = await store.loadRemoved('User', id, aCall());
  if (type === undefined || removed === undefined) throw new TypeError('nothing to restore');
  const { resource } = removed;
  await store.commit({ kind: 'restore', before: resource, entries: indexEntries(type, resource), stamp: STAMP }, aCall());
}

/** A client whose first transaction comes later than something else. */
async function overtaken(by: () => Promise<void>) {
  const { client } = await openTestTable();
  let isOvertaken = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === 'TransactWriteItemsCommand' && !isOvertaken) {
        isOvertaken = true;
        await by();
      }
      return next(args);
    },
    { step: 'initialize', name: 'overtake' },
  );
  return client;
}
