import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let users: readonly string[];
let open: (policy?: object) => Promise<Endpoint>;

beforeAll(async () => {
  const { table, send } = await openEndpoint();
  open = (policy = {}) => openEndpoint({ policy: { ...policy }, openStore: async () => table });
  const names = ['ada', 'bob', 'cy', 'dan'];
  users = await Promise.all(names.map(async (userName) => (await send('POST', '/Users', { body: { schemas: [USER], userName } })).json.id));
});

const aGroup = async ({ send }: Endpoint, displayName: string, size: number): Promise<string> =>
  (await send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members: users.slice(0, size).map((value) => ({ value })) } }))
    .json.id;

const edit = ({ send }: Endpoint, group: string, operation: object, query: Record<string, string> = {}): Promise<Answer> =>
  send('PATCH', `/Groups/${group}`, { body: { schemas: [PATCH], Operations: [operation] }, query });

const rename = (value: string) => ({ op: 'replace', path: 'displayName', value });

describe('the answer to a PATCH of a group', () => {
  it('shows the group with its members, as long as they are few', async () => {
    const endpoint = await open({ patchAnswerMembers: 3 });
    const group = await aGroup(endpoint, 'few', 2);

    const { status, json, headers } = await edit(endpoint, group, { op: 'add', path: 'members', value: [{ value: users[2] }] });

    expect(status).toBe(200);
    expect(json.members).toHaveLength(3);
    expect(headers['etag']).toBe(json.meta.version);
  });

  it.each([
    ['added', { op: 'add', path: 'members', value: [] as object[] }],
    ['replaced', { op: 'replace', path: 'members', value: [] as object[] }],
    ['chosen by what only they can tell', { op: 'remove', path: 'members[display eq "nobody"]' }],
  ])('has no body once there are more members than the policy says: %s', async (title, operation) => {
    const endpoint = await open({ patchAnswerMembers: 3 });
    const group = await aGroup(endpoint, `many ${title}`, 4);
    const all = users.map((value) => ({ value }));

    const { status, text, headers } = await edit(endpoint, group, 'value' in operation ? { ...operation, value: all } : operation);

    expect([status, text]).toEqual([204, '']);
    expect(headers).toMatchObject({ etag: 'W/"1"', location: expect.stringMatching(new RegExp(`/Groups/${group}$`)) });
  });

  it('costs two round trips more than an answer without a body', async () => {
    const endpoint = await open();
    const group = await aGroup(endpoint, 'round trips', 3);

    const { line } = await edit(endpoint, group, { op: 'add', path: 'members', value: [{ value: users[3] }] });

    expect(line.storeRoundTrips).toBe(4);
  });

  it('reads no more member rows than it may show, however large the group', async () => {
    const endpoint = await open({ patchAnswerMembers: 0 });
    const [small, large] = [await aGroup(endpoint, 'one', 1), await aGroup(endpoint, 'four', 4)];

    const callIt = (value: string) => ({ op: 'replace', path: 'externalId', value });
    const answers = [await edit(endpoint, small, callIt('uno')), await edit(endpoint, large, callIt('quattro'))];

    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect(new Set(answers.map(({ line }) => line.storeCalls)).size).toBe(1);
  });

  it('carries all of them where attributes asks for them', async () => {
    const endpoint = await open({ patchAnswerMembers: 1, patchAnswer: { Group: 'noContent' } });
    const group = await aGroup(endpoint, 'asked', 4);

    const { status, json } = await edit(endpoint, group, rename('asked for'), { attributes: 'members' });

    expect(status).toBe(200);
    expect(json.members).toHaveLength(4);
    expect(json).not.toHaveProperty('displayName');
  });

  it('is the group without members where those are left out', async () => {
    const endpoint = await open({ patchAnswerMembers: 1 });
    const group = await aGroup(endpoint, 'left out', 4);

    const { status, json } = await edit(endpoint, group, rename('without'), { excludedAttributes: 'members' });

    expect([status, json.displayName]).toEqual([200, 'without']);
    expect(json).not.toHaveProperty('members');
  });
});

describe('a member that the directory does not know', () => {
  const unknown = { op: 'add', path: 'members', value: [{ value: 'fake-member-id' }] };

  it('is refused, with all that came with it', async () => {
    const endpoint = await open();
    const group = await aGroup(endpoint, 'refusing', 1);

    const { status, json } = await edit(endpoint, group, { ...unknown, value: [{ value: users[1] }, ...unknown.value] });

    expect([status, json.scimType]).toEqual([400, 'invalidValue']);
    expect((await endpoint.send('GET', `/Groups/${group}`)).json.members).toHaveLength(1);
  });

  it('is left out where the policy says so, and the log tells', async () => {
    const endpoint = await open({ unknownMembers: 'ignore' });
    const group = await aGroup(endpoint, 'ignoring', 1);

    const patched = await edit(endpoint, group, { ...unknown, value: [{ value: users[1] }, ...unknown.value] });
    const body = { schemas: [GROUP], displayName: 'ignoring', members: [{ value: users[0] }, { value: 'nobody' }] };
    const put = await endpoint.send('PUT', `/Groups/${group}`, { body });
    const post = await endpoint.send('POST', '/Groups', { body: { ...body, displayName: 'ignoring too' } });

    expect([patched.json.members.length, put.json.members.length, post.json.members.length]).toEqual([2, 1, 1]);
    expect([patched, put, post].map(({ line }) => line.ignored)).toEqual([['members'], ['members'], ['members']]);
  });
});
