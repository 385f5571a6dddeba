import { describe, expect, it } from '@jest/globals';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openSite } from '../support/site.ts';
import { openTestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The endpoint on a store that cancels overlapping transactions, as AWS does. */
const openContended = () =>
  openEndpoint({
    openStore: async () => {
      const table = await openTestStore();
      refuseOverlaps(table.client);
      return table;
    },
  });

describe('requests at the same time', () => {
  it('create one user of 50 that want the same userName', async () => {
    const { send } = await openContended();
    const names = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 'Race@Example.com' : 'race@example.COM'));

    const answers = await Promise.all(names.map((userName) => send('POST', '/Users', { body: { schemas: [USER], userName } })));

    const refused = answers.filter(({ status }) => status !== 201);
    expect(answers).toHaveLength(refused.length + 1);
    expect(new Set(refused.map(({ status, json }) => `${status} ${json.scimType}`))).toEqual(new Set(['409 uniqueness']));
    expect((await send('GET', '/Users', { query: { count: '0' } })).json.totalResults).toBe(1);
  });

  it('add 50 members to one group without losing any', async () => {
    const { send } = await openContended();
    const { json: group } = await send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'All' } });
    const ids: string[] = [];
    for (let index = 0; index < 50; index += 1) {
      ids.push((await send('POST', '/Users', { body: { schemas: [USER], userName: `member-${index}` } })).json.id);
    }

    const answers = await Promise.all(
      ids.map((value) =>
        send('PATCH', `/Groups/${group.id}`, {
          body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: [{ value }] }] },
        }),
      ),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { json } = await send('GET', `/Groups/${group.id}`);
    expect(json.members.map(({ value }: { value: string }) => value).sort()).toEqual([...ids].sort());
    expect(json.meta.version).toBe('W/"51"');
    expect((await send('GET', `/Users/${ids[49]}`)).json.groups).toEqual([expect.objectContaining({ value: group.id, display: 'All' })]);
  });

  it('remove members and add them, each as a whole, when one comes between the reading and the writing of the other', async () => {
    const { begin } = await openSite();
    const { endpoint } = await begin();
    const [inside, outside] = await Promise.all(
      ['inside', 'outside'].map(
        async (userName) => (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName } })).json.id,
      ),
    );
    const { json: group } = await endpoint.send('POST', '/Groups', {
      body: { schemas: [GROUP], displayName: 'All', members: [{ value: inside }] },
    });
    const both = [{ value: inside }, { value: outside }];
    const change = (through: Endpoint, op: string) =>
      through.send('PATCH', `/Groups/${group.id}`, { body: { schemas: [PATCH], Operations: [{ op, path: 'members', value: both }] } });
    const overtaken = await begin({
      around: async (call, send) => {
        if (call === 2) await change(endpoint, 'add');
        return send();
      },
    });

    const { status } = await change(overtaken.endpoint, 'remove');

    const { json } = await endpoint.send('GET', `/Groups/${group.id}`);
    expect({ status, members: json.members ?? [] }).toEqual({ status: 200, members: [] });
  });

  it('change different attributes of one user without undoing each other', async () => {
    const { send } = await openContended();
    const { json: user } = await send('POST', '/Users', { body: { schemas: [USER], userName: 'busy' } });
    const values = { title: 'T', nickName: 'N', displayName: 'D', locale: 'de-DE', timezone: 'Europe/Berlin', userType: 'U' };

    const answers = await Promise.all(
      Object.entries(values).map(([path, value]) =>
        send('PATCH', `/Users/${user.id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', path, value }] } }),
      ),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await send('GET', `/Users/${user.id}`)).json).toMatchObject({ ...values, meta: { version: 'W/"7"' } });
  });

  it('let one of two changes through that name the same version', async () => {
    const { send } = await openContended();
    const { json: user, headers } = await send('POST', '/Users', { body: { schemas: [USER], userName: 'once' } });
    const change = (title: string) =>
      send('PATCH', `/Users/${user.id}`, {
        body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: title }] },
        headers: { 'If-Match': headers['etag'] ?? '' },
      });

    const statuses = (await Promise.all([change('a'), change('b')])).map(({ status }) => status);

    expect(statuses.sort()).toEqual([200, 412]);
  });
});
