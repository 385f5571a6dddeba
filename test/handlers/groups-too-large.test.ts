import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Usage } from '../../src/directory/ports.ts';
import { fillMembers } from '../support/dynamodb-fill.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { aCall } from '../support/store-call.ts';
import { aGroup, create } from '../support/store-resources.ts';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** So long that an answer carries no more than about 300 members, with their addresses. */
const PUBLIC_URL = `https://scim.example.com/${'long/'.repeat(4_000)}v2`;
const SIZE = 400;

let endpoint: Endpoint;
let vast: string;

beforeAll(async () => {
  endpoint = await openEndpoint({ publicUrl: PUBLIC_URL });
  for (const displayName of ['small', 'vast', 'last']) {
    const { json } = await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName } });
    if (displayName === 'vast') vast = json.id;
  }
  await fillMembers(endpoint.table, vast, 0, SIZE);
});

const patch = (Operations: readonly object[], query: Readonly<Record<string, string>> = {}) =>
  endpoint.send('PATCH', `/Groups/${vast}`, { query, body: { schemas: [PATCH], Operations } });

const REFUSED = (id: string) => ({
  status: 413,
  json: { detail: expect.stringMatching(`excludedAttributes=members, .*filter=groups.value eq "${id}".*startIndex.*cursor`) },
});

describe('a group with more members than an answer can carry', () => {
  it('is refused with the way out, and shown as far as it fits', async () => {
    expect(await endpoint.send('GET', `/Groups/${vast}`)).toMatchObject(REFUSED(vast));
    expect((await endpoint.send('GET', `/Groups/${vast}`, { query: { excludedAttributes: 'members' } })).line.readUnits).toBe(1);
    const { status, json } = await endpoint.send('GET', `/Groups/${vast}`, { query: { attributes: 'members.value' } });
    expect([status, json.members.length]).toEqual([200, SIZE]);
  });

  it.each([
    ['/Groups', { filter: 'displayName eq "vast"' }],
    ['/Groups', { filter: 'displayName sw "vast"' }],
    ['/Groups', { startIndex: '2' }],
    ['', { filter: 'displayName eq "vast"', cursor: '' }],
  ])('is refused in the same way in a list that begins with it: %s %j', async (path, query) => {
    expect(await endpoint.send('GET', path, { query })).toMatchObject(REFUSED(vast));
  });

  it('ends a page before it, so that those before it are read', async () => {
    const { json } = await endpoint.send('GET', '/Groups');

    expect([json.totalResults, json.Resources.map(({ displayName }: { displayName: string }) => displayName)]).toEqual([3, ['small']]);
  });

  it('is changed where the members are named, and the answer of a PATCH that asks for all of them says that it was made', async () => {
    const rename = [{ op: 'replace', path: 'externalId', value: 'v-1' }];

    const answer = await patch(rename, { attributes: 'members' });

    expect(answer).toMatchObject({ status: 413, json: { detail: expect.stringContaining('If the request was a change, it is made.') } });
    expect((await endpoint.send('GET', `/Groups/${vast}`, { query: { attributes: 'externalId' } })).json.externalId).toBe('v-1');
  });
});

describe('reading members that are too many', () => {
  it('costs the same whatever there are beyond: no more rows are read than tell so', async () => {
    const { store } = endpoint.table;
    const group = await create(store, aGroup('grows'));
    const costs: Usage[] = [];
    for (const [from, to] of [
      [0, 2_400],
      [2_400, 3_200],
    ] as const) {
      await fillMembers(endpoint.table, group.id, from, to);
      const call = aCall();
      expect((await store.load('Group', group.id, { members: { atMost: 1_200 } }, call))?.members).toBeUndefined();
      costs.push(call.usage);
    }

    expect(costs[0]).toEqual(costs[1]);
    // The group before and after its rows, of each slice 301, the outbox of each type.
    expect(costs[0]?.calls).toBe(2 + 4 + 2);
  });

  it('is no need to see that a request would remove too many', async () => {
    const { send, table } = endpoint;
    const { json } = await send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'emptied' } });
    await fillMembers(table, json.id, 0, 10_001);
    const body = { schemas: [GROUP], displayName: 'emptied' };
    const Operations = [{ op: 'remove', path: 'members' }];

    const answers = [
      await send('PATCH', `/Groups/${json.id}`, { body: { schemas: [PATCH], Operations } }),
      await send('PUT', `/Groups/${json.id}`, { body }),
    ];

    for (const { status, json: refusal } of answers) {
      expect([status, refusal.detail]).toEqual([413, expect.stringContaining('more than 10000 members')]);
    }
  });
});
