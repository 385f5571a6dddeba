import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let endpoint: Endpoint;
let [ada, bob, cy]: readonly string[] = [];

beforeAll(async () => {
  endpoint = await openEndpoint();
  const names = ['ada', 'bob', 'cy'];
  [ada, bob, cy] = await Promise.all(
    names.map(
      async (userName): Promise<string> => (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName } })).json.id,
    ),
  );
});

const member = (value: string | undefined, display?: string) => ({ value, ...(display === undefined ? {} : { display }) });

async function aGroup(displayName: string, ...members: readonly object[]): Promise<string> {
  return (await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members } })).json.id;
}

const edit = (group: string, operation: object, query: Record<string, string> = {}): Promise<Answer> =>
  endpoint.send('PATCH', `/Groups/${group}`, { body: { schemas: [PATCH], Operations: [operation] }, query });

async function membersOf(group: string): Promise<readonly unknown[]> {
  const { json } = await endpoint.send('GET', `/Groups/${group}`);
  return (json.members ?? []).map(({ value }: { value: string }) => value).sort();
}

describe('a PATCH of all members', () => {
  it('replaces them as a whole, keeps who stays and counts as one change', async () => {
    const group = await aGroup('replaced', member(ada), member(bob));

    const { status, json } = await edit(group, { op: 'replace', path: 'members', value: [member(bob), member(cy)] });

    expect([status, json.members.length]).toEqual([200, 2]);
    expect(await membersOf(group)).toEqual([bob, cy].sort());
    expect((await endpoint.send('GET', `/Groups/${group}`)).json.meta.version).toBe('W/"2"');
  });

  it('removes them all, and shows the group when attributes are asked for', async () => {
    const group = await aGroup('emptied', member(ada), member(bob));

    const { status, json } = await edit(group, { op: 'remove', path: 'members' }, { attributes: 'displayName,members' });

    expect(status).toBe(200);
    expect(json).toMatchObject({ displayName: 'emptied' });
    expect(json).not.toHaveProperty('members');
    expect(await membersOf(group)).toEqual([]);
  });

  it('shows who is left after members were chosen by what only they can tell', async () => {
    const group = await aGroup('chosen', member(ada, 'Ada L.'), member(bob, 'Bob M.'), member(cy, 'Cy N.'));

    const { json } = await edit(group, { op: 'remove', path: 'members[display sw "Ada"]' }, { attributes: 'members' });

    expect(json.members.map(({ value }: { value: string }) => value).sort()).toEqual([bob, cy].sort());
    expect(await membersOf(group)).toEqual([bob, cy].sort());
  });

  it('changes nothing when one of the new members does not exist', async () => {
    const group = await aGroup('guarded', member(ada));
    const nobody = '0197f000-0000-7000-8000-000000000000';

    const { status, json } = await edit(group, { op: 'replace', path: 'members', value: [member(bob), member(nobody)] });

    expect(status).toBe(400);
    expect(json).toMatchObject({ scimType: 'invalidValue', detail: expect.stringContaining(nobody) });
    expect(await membersOf(group)).toEqual([ada]);
  });

  it('leaves the version alone when it changes nothing', async () => {
    const group = await aGroup('unchanged', member(ada));

    await edit(group, { op: 'replace', path: 'members', value: [member(ada)] });
    await edit(group, { op: 'add', path: 'members', value: [member(ada)] });
    await edit(group, { op: 'remove', path: `members[value eq "${cy}"]` });

    expect((await endpoint.send('GET', `/Groups/${group}`)).json.meta.version).toBe('W/"1"');
  });
});

describe('the id of a member', () => {
  it('is taken in any case, to add and to remove', async () => {
    const group = await aGroup('shouted', member(ada?.toUpperCase()));

    await edit(group, { op: 'add', path: 'members', value: [member(bob?.toUpperCase())] });
    expect(await membersOf(group)).toEqual([ada, bob].sort());
    await edit(group, { op: 'Remove', path: 'members', value: [member(ada?.toUpperCase())] });
    expect(await membersOf(group)).toEqual([bob]);
  });
});

describe('a PUT of a group', () => {
  it('sets name, externalId and members, and clears what it leaves out', async () => {
    const group = await aGroup('put', member(ada), member(bob));

    const { status, json } = await endpoint.send('PUT', `/Groups/${group}`, {
      body: { schemas: [GROUP], displayName: 'put again', externalId: 'x-1', members: [member(cy, 'Cy')] },
    });

    expect(status).toBe(200);
    expect(json).toMatchObject({ displayName: 'put again', externalId: 'x-1', members: [{ value: cy, type: 'User', display: 'Cy' }] });
    const cleared = await endpoint.send('PUT', `/Groups/${group}`, { body: { schemas: [GROUP], displayName: 'put again' } });
    expect(cleared.json).not.toHaveProperty('externalId');
    expect(await membersOf(group)).toEqual([]);
  });
});

describe('a group as a member', () => {
  it('is of its own type, and goes with its removal', async () => {
    const inner = await aGroup('inner', member(ada));
    const outer = await aGroup('outer', member(inner));

    const before = await endpoint.send('GET', `/Groups/${outer}`);
    await endpoint.send('DELETE', `/Groups/${inner}`);

    expect(before.json.members).toEqual([
      expect.objectContaining({ value: inner, type: 'Group', $ref: expect.stringMatching(/\/Groups\//) }),
    ]);
    expect(await membersOf(outer)).toEqual([]);
  });
});
