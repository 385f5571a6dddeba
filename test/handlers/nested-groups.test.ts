import { beforeEach, describe, expect, it } from '@jest/globals';
import { drain } from '../support/drain.ts';
import { injectFaults, refusedAs } from '../support/dynamodb-faults.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { openTestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let endpoint: Endpoint;

beforeEach(async () => {
  endpoint = await openEndpoint();
});

const valuesOf = (ids: readonly string[]) => ids.map((value) => ({ value }));

const aUser = async (userName: string): Promise<string> =>
  (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName } })).json.id;

async function aGroup(displayName: string, ...members: readonly string[]): Promise<string> {
  const { status, json } = await endpoint.send('POST', '/Groups', {
    body: { schemas: [GROUP], displayName, members: valuesOf(members) },
  });
  expect(status).toBe(201);
  return json.id;
}

const patch = (id: string, ...Operations: readonly object[]) =>
  endpoint.send('PATCH', `/Groups/${id}`, { body: { schemas: [PATCH], Operations } });

const add = (id: string, ...members: readonly string[]) => patch(id, { op: 'add', path: 'members', value: valuesOf(members) });

/** What a user's `groups` say: names and types. */
async function groupsOf(id: string): Promise<Readonly<Record<string, string>>> {
  const { json } = await endpoint.send('GET', `/Users/${id}`);
  return Object.fromEntries((json.groups ?? []).map(({ display, type }: Record<string, string>) => [display, type]));
}

const find = async (filter: string): Promise<readonly string[]> =>
  (await endpoint.send('GET', '/Users', { query: { filter } })).json.Resources.map(({ userName }: { userName: string }) => userName);

describe("a user's groups", () => {
  it('are direct where it is a member itself, and indirect where one of its groups is, level after level', async () => {
    const user = await aUser('ada');
    const inner = await aGroup('inner', user);
    const middle = await aGroup('middle', inner);
    const outer = await aGroup('outer', middle);

    const { json } = await endpoint.send('GET', `/Users/${user}`);

    expect(json.groups).toEqual([
      { value: inner, $ref: expect.stringMatching(`/Groups/${inner}$`), display: 'inner', type: 'direct' },
      { value: middle, $ref: expect.stringMatching(`/Groups/${middle}$`), display: 'middle', type: 'indirect' },
      { value: outer, $ref: expect.stringMatching(`/Groups/${outer}$`), display: 'outer', type: 'indirect' },
    ]);
  });

  it('name a group that is both once, as direct', async () => {
    const user = await aUser('ada');
    const inner = await aGroup('inner', user);
    const outer = await aGroup('outer', inner, user);
    await aGroup('around', outer, inner);

    expect(await groupsOf(user)).toEqual({ inner: 'direct', outer: 'direct', around: 'indirect' });
  });

  it('end where groups are members of each other', async () => {
    const user = await aUser('ada');
    const one = await aGroup('one', user);
    const two = await aGroup('two', one);
    const three = await aGroup('three', two);
    await add(one, three);

    expect(await groupsOf(user)).toEqual({ one: 'direct', two: 'indirect', three: 'indirect' });
  });

  it('follow what changes at once, whatever rows have not heard of it yet: a group renamed, left, removed', async () => {
    let transactions = Number.POSITIVE_INFINITY;
    injectFaults(endpoint.table.client, (command) => {
      if (command === 'UpdateItemCommand') return refusedAs('AccessDeniedException');
      if (command !== 'TransactWriteItemsCommand') return undefined;
      transactions -= 1;
      return transactions < 0 ? refusedAs('AccessDeniedException') : undefined;
    });
    const user = await aUser('ada');
    const inner = await aGroup('inner', user);
    const middle = await aGroup('middle', inner);
    const outer = await aGroup('outer', middle);
    await patch(outer, { op: 'replace', path: 'displayName', value: 'renamed' });
    const renamed = await groupsOf(user);
    await patch(outer, { op: 'remove', path: `members[value eq "${middle}"]` });
    const left = await groupsOf(user);
    await add(outer, middle);
    transactions = 1;
    await endpoint.send('DELETE', `/Groups/${middle}`);

    expect(renamed).toEqual({ inner: 'direct', middle: 'indirect', renamed: 'indirect' });
    expect(left).toEqual({ inner: 'direct', middle: 'indirect' });
    expect(await groupsOf(user)).toEqual({ inner: 'direct' });
  });

  it('can be asked for by type, and by a group they lead to, in lists as well', async () => {
    const [ada, bob] = [await aUser('ada'), await aUser('bob')];
    const inner = await aGroup('inner', ada);
    const outer = await aGroup('outer', inner, bob);

    expect(await find('groups.type eq "indirect"')).toEqual(['ada']);
    expect(await find('groups.type eq "direct"')).toEqual(['ada', 'bob']);
    expect(await find(`groups.value eq "${outer}"`)).toEqual(['ada', 'bob']);
    expect(await find(`groups[value eq "${outer}" and type eq "direct"]`)).toEqual(['bob']);
    expect(await find('groups.display eq "outer" and userName sw "a"')).toEqual(['ada']);
  });

  it('leave the groups themselves with their own members only', async () => {
    const user = await aUser('ada');
    const inner = await aGroup('inner', user);
    const outer = await aGroup('outer', inner);

    const { json } = await endpoint.send('GET', '/Groups', { query: { filter: `members.value eq "${user}"` } });
    const whole = await endpoint.send('GET', `/Groups/${outer}`);

    expect(json.Resources.map(({ id }: { id: string }) => id)).toEqual([inner]);
    expect(whole.json.members).toMatchObject([{ value: inner, type: 'Group' }]);
  });

  it('count groups that a large change has nested', async () => {
    const store = () => openTestStore({ transactionLimit: 8 });
    endpoint = await openEndpoint({ openStore: store });
    const user = await aUser('ada');
    const inner = await Promise.all(Array.from({ length: 12 }, (_, index) => aGroup(`inner-${index}`, user)));
    const created = await aGroup('created', ...inner);
    const patched = await aGroup('patched');
    await add(patched, ...inner);

    expect(await groupsOf(user)).toMatchObject({ 'inner-0': 'direct', created: 'indirect', patched: 'indirect' });
    await patch(patched, { op: 'remove', path: 'members' });
    await endpoint.send('DELETE', `/Groups/${created}`);
    expect(Object.values(await groupsOf(user))).not.toContain('indirect');
  });

  it.each(['inner', 'outer'])('have the indirect ones again when the %s group was removed and comes back', async (which) => {
    const user = await aUser('ada');
    const inner = await aGroup('inner', user);
    const outer = await aGroup('outer', inner);
    const id = which === 'inner' ? inner : outer;
    await endpoint.send('DELETE', `/Groups/${id}`);
    await drain(endpoint.table);
    const without = await groupsOf(user);

    await administerRemoved(endpoint.table).restore('Group', id);
    await drain(endpoint.table);

    expect(without).toEqual(which === 'inner' ? {} : { inner: 'direct' });
    expect(await groupsOf(user)).toEqual({ inner: 'direct', outer: 'indirect' });
    expect(await find(`groups.value eq "${outer}"`)).toEqual(['ada']);
  });

  it('leave a table that agrees with itself, in which every nesting is announced', async () => {
    const inner = await aGroup('inner', await aUser('ada'));
    await aGroup('outer', inner);
    const items = await readTable(endpoint.table.client, endpoint.table.tableName);
    const isAnnouncement = (sk: string | undefined, pk: string | undefined) => sk === '!nested' || pk?.endsWith('#Nested') === true;

    expect(contradictions(items)).toEqual([]);
    expect(contradictions(items.filter(({ pk, sk }) => !isAnnouncement(sk?.S, pk?.S)))).toEqual([
      expect.stringContaining('a nesting nobody announced'),
    ]);
  });
});
