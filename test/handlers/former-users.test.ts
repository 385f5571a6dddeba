import { beforeEach, describe, expect, it } from '@jest/globals';
import { policySchema } from '../../src/access/policy.ts';
import { drain } from '../support/drain.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

type Settings = Parameters<typeof policySchema.parse>[0];

let table: TestStore;

beforeEach(async () => {
  table = await openTestStore();
});

/** The same directory, for another application that keeps whom it deletes. */
const opened = (application: string, more: object = {}): Promise<Endpoint> =>
  openEndpoint({
    principal: { application },
    policy: { ...(policySchema.parse({ deleteDeactivatedUsers: 'off', ...more } as Settings) as object) },
    openStore: async () => table,
  });

const post = ({ send }: Endpoint, externalId: string, more: object = {}): Promise<Answer> =>
  send('POST', '/Users', { body: { schemas: [USER], userName: 'ada', externalId, ...more } });

const callIt = ({ send }: Endpoint, id: string, externalId: string): Promise<Answer> =>
  send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'externalId', value: externalId }] } });

const keptRows = async (): Promise<readonly string[]> =>
  (await readTable(table.client, table.tableName)).flatMap(({ pk, sk }) => (pk?.S?.startsWith('Kept#') ? [sk?.S ?? ''] : []));

const expectSound = async () => expect(contradictions(await readTable(table.client, table.tableName))).toEqual([]);

describe('a former user', () => {
  it('does not come back for an application that would not see it: that one creates another', async () => {
    const hr = await opened('hr');
    const { json: former } = await post(hr, 'E-1');
    await callIt(await opened('shop'), former.id, 'S-1');
    await hr.send('DELETE', `/Users/${former.id}`);
    const shop = await opened('shop', { resources: 'own' });

    const { status, json } = await post(shop, 'S-1');

    expect(status).toBe(201);
    expect(json.id).not.toBe(former.id);
    expect((await shop.send('GET', `/Users/${json.id}`)).status).toBe(200);
    await shop.send('DELETE', `/Users/${json.id}`);
    expect((await post(hr, 'E-1')).json.id).toBe(former.id);
    await expectSound();
  });

  it('who is known to more applications than it is kept under leaves nothing of that behind when it is back', async () => {
    const [first, second, third, fourth] = await Promise.all(['one', 'two', 'three', 'four'].map((each) => opened(each)));
    if (!first || !second || !third || !fourth) throw new TypeError('unreachable');
    const { json: former } = await post(first, 'E-1');
    for (const [index, endpoint] of [second, third, fourth].entries()) await callIt(endpoint, former.id, `E-${index + 2}`);
    await fourth.send('DELETE', `/Users/${former.id}`);
    expect(await keptRows()).toHaveLength(3);

    const returned = await post(fourth, 'E-4');

    expect(returned.json.id).toBe(former.id);
    expect(await keptRows()).toEqual([]);
    await fourth.send('DELETE', `/Users/${former.id}`);
    await administerRemoved(table).restore('User', former.id);
    expect(await keptRows()).toEqual([]);
    await expectSound();
  });

  it('who is removed again before the memberships are back has these kept for as long as itself', async () => {
    const hr = await opened('hr');
    const standard = await opened('hr', { deleteDeactivatedUsers: 'standard' });
    const { json: former } = await post(hr, 'E-1');
    const body = { schemas: [GROUP], displayName: 'Sales', members: [{ value: former.id }] };
    const { json: group } = await hr.send('POST', '/Groups', { body });
    await hr.send('DELETE', `/Users/${former.id}`);
    await drain(table);
    await post(hr, 'E-1');
    await standard.send('DELETE', `/Users/${former.id}`);
    await drain(table);

    const items = await readTable(table.client, table.tableName);
    const ttlOf = (pk: RegExp) => items.find((item) => pk.test(item['pk']?.S ?? ''))?.['ttl']?.N;
    expect(ttlOf(/^Removed#.+#Members#/)).toMatch(/^\d+$/);
    expect(ttlOf(/^Removed#.+#Members#/)).toBe(ttlOf(/^Removed#User$/));
    await administerRemoved(table).restore('User', former.id);
    expect((await hr.send('GET', `/Groups/${group.id}`)).json.members).toMatchObject([{ value: former.id }]);
    await expectSound();
  });

  it('who was removed for good by the setting of another application is not given back to anybody', async () => {
    const hr = await opened('hr');
    const standard = await opened('hr', { deleteDeactivatedUsers: 'standard' });
    const { json: former } = await post(hr, 'E-1');
    await hr.send('DELETE', `/Users/${former.id}`);
    await post(hr, 'E-1');
    await standard.send('DELETE', `/Users/${former.id}`);

    expect((await post(hr, 'E-1')).json.id).not.toBe(former.id);
  });

  it.each([
    ['removed and kept', 'off'],
    ['removed', 'standard'],
  ])('of as many addresses as there may be is %s, counted, and comes back near the seat limit', async (_, deleteDeactivatedUsers) => {
    const hr = await opened('hr', { maxRemovalsPerHour: 10, maxActiveUsers: 5, deleteDeactivatedUsers });
    const emails = Array.from({ length: 88 }, (__, index) => ({ value: `ada.${index}@example.com` }));
    const { status, json } = await post(hr, 'E-1', { emails });

    expect(status).toBe(201);
    expect((await hr.send('DELETE', `/Users/${json.id}`)).status).toBe(204);
    expect((await post(hr, 'E-1', { emails })).status).toBe(201);
    await expectSound();
  });
});
