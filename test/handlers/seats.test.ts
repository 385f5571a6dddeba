import { beforeEach, describe, expect, it } from '@jest/globals';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { administerRemoved } from '../support/removed.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MINUTE_MS = 60_000;

let table: TestStore;

beforeEach(async () => {
  table = await openTestStore();
});

type Settings = { readonly [setting: string]: string | number };

const open = (policy: Settings = {}, laterMs = 0): Promise<Endpoint> => {
  const now = () => Date.now() + laterMs;
  const store = openDirectoryStore({ ...table, registry: REGISTRY, now });
  return openEndpoint({ policy, openStore: async () => ({ ...table, store }), services: { clock: now } });
};

const limited = (maxActiveUsers: number, more: Settings = {}) => open({ maxActiveUsers, ...more });

const post = ({ send }: Endpoint, userName: string, more: object = {}): Promise<Answer> =>
  send('POST', '/Users', { body: { schemas: [USER], userName, externalId: `E-${userName}`, ...more } });

async function idsOf(endpoint: Endpoint, ...names: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.all(names.map((name) => post(endpoint, name)));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  return answers.map(({ json }) => json.id);
}

const setActive = ({ send }: Endpoint, id: string | undefined, value: boolean): Promise<Answer> =>
  send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value }] } });

const statusesOf = (answers: readonly Answer[]): Readonly<Record<number, number>> =>
  Object.fromEntries(
    [...new Set(answers.map(({ status }) => status))].map((each) => [each, answers.filter(({ status }) => status === each).length]),
  );

const seats = (): Promise<number> => table.store.countSeats(aCall());

const expectSound = async () => expect(contradictions(await readTable(table.client, table.tableName))).toEqual([]);

describe('maxActiveUsers', () => {
  it('refuses the creation of one more, and says how many there may be and what to do', async () => {
    const endpoint = await limited(2);
    await idsOf(endpoint, 'ada', 'bea');

    const { status, json, line } = await post(endpoint, 'cyd');

    expect(status).toBe(403);
    expect(json.detail).toContain(
      'All seats are taken: this application may have 2 active users in the directory at most. Deactivate or remove somebody, or have its maxActiveUsers raised; then the same request can be sent again.',
    );
    expect(json.scimType).toBeUndefined();
    expect(line.refusal).toBe('seatLimit');
    await expectSound();
  });

  it('lets disabled users be created beyond it, and refuses to activate them', async () => {
    const endpoint = await limited(1);
    await idsOf(endpoint, 'ada');
    const { status, json } = await post(endpoint, 'bea', { active: false });

    const patched = await setActive(endpoint, json.id, true);
    const replaced = await endpoint.send('PUT', `/Users/${json.id}`, { body: { schemas: [USER], userName: 'bea', active: true } });

    expect([status, patched.status, replaced.status]).toEqual([201, 403, 403]);
    expect((await endpoint.send('GET', `/Users/${json.id}`)).json.active).toBe(false);
  });

  it('gives the seat of somebody who is deactivated or removed to the next', async () => {
    const endpoint = await limited(2);
    const [ada, bea] = await idsOf(endpoint, 'ada', 'bea');

    await setActive(endpoint, ada, false);
    const cyd = await post(endpoint, 'cyd');
    await endpoint.send('DELETE', `/Users/${bea}`);
    const dan = await post(endpoint, 'dan');
    const back = await setActive(endpoint, ada, true);

    expect([cyd.status, dan.status, back.status]).toEqual([201, 201, 403]);
    expect(await seats()).toBe(2);
    await expectSound();
  });

  it('takes no further seat for one who was active already', async () => {
    const endpoint = await limited(1);
    const [ada] = await idsOf(endpoint, 'ada');

    const title = await endpoint.send('PATCH', `/Users/${ada}`, {
      body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: 'Countess' }] },
    });

    expect([title.status, (await setActive(endpoint, ada, true)).status]).toEqual([200, 200]);
  });

  it('refuses the return of a former user, who stays kept', async () => {
    const endpoint = await limited(1, { deleteDeactivatedUsers: 'off' });
    const [ada] = await idsOf(endpoint, 'ada');
    await endpoint.send('DELETE', `/Users/${ada}`);
    const [bea] = await idsOf(endpoint, 'bea');

    const refused = await post(endpoint, 'ada');
    await endpoint.send('DELETE', `/Users/${bea}`);
    const returned = await post(endpoint, 'ada');

    expect([refused.status, returned.status, returned.json.id]).toEqual([403, 201, ada]);
    expect(await seats()).toBe(1);
    await expectSound();
  });

  it('does not keep an operator from restoring somebody', async () => {
    const endpoint = await limited(1);
    const [ada] = await idsOf(endpoint, 'ada');
    await endpoint.send('DELETE', `/Users/${ada}`);
    await idsOf(endpoint, 'bea');

    await administerRemoved(table).restore('User', 'ada');

    expect(await seats()).toBe(2);
    expect((await post(endpoint, 'cyd')).status).toBe(403);
  });

  it('keeps the count through removal and restore of one who is disabled', async () => {
    const endpoint = await limited(5);
    const [ada] = await idsOf(endpoint, 'ada', 'bea');
    await setActive(endpoint, ada, false);

    const counted = [await seats()];
    await endpoint.send('DELETE', `/Users/${ada}`);
    counted.push(await seats());
    await administerRemoved(table).restore('User', 'ada');
    counted.push(await seats());
    await setActive(await open(), ada, true);
    counted.push(await seats());

    expect(counted).toEqual([1, 1, 1, 2]);
    await expectSound();
  });

  it('finds the bulk operation that took the last seat when the same request is sent again', async () => {
    const endpoint = await limited(1);
    const operation = { method: 'POST', path: '/Users', bulkId: 'one', data: { schemas: [USER], userName: 'ada' } };
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: [operation] };

    const [first, second] = [await endpoint.send('POST', '/Bulk', { body }), await endpoint.send('POST', '/Bulk', { body })];

    expect(first.json.Operations).toMatchObject([{ status: '201' }]);
    expect(second.json.Operations).toEqual(first.json.Operations);
  });

  it('counts users of every application, and binds only those that say so', async () => {
    const [endpoint, other] = [await limited(2), await open()];
    await idsOf(other, 'ada', 'bea', 'cyd');

    expect((await post(endpoint, 'dan')).status).toBe(403);
    expect((await post(other, 'dan')).status).toBe(201);
  });
});

describe('a directory in which nobody has counted', () => {
  it('frees the seats of those who were disabled by then, at the first request that would be refused', async () => {
    const before = await open();
    const ids = await idsOf(before, 'ada', 'bea', 'cyd');
    await setActive(before, ids[0], false);
    await setActive(before, ids[1], false);
    const uncounted = await seats();
    const endpoint = await limited(3);

    const { status } = await post(endpoint, 'dan');

    expect([uncounted, status, await seats()]).toEqual([3, 201, 2]);
    await expectSound();
  });

  it('is looked through once a minute, however many are refused', async () => {
    const [endpoint, other] = [await limited(2), await open()];
    const [ada] = await idsOf(other, 'ada', 'bea');
    await post(endpoint, 'cyd');
    await setActive(other, ada, false);

    const refused = await post(endpoint, 'cyd');
    const later = await post(await open({ maxActiveUsers: 2 }, 2 * MINUTE_MS), 'cyd');

    expect([refused.status, later.status]).toEqual([403, 201]);
    expect(refused.line.writeUnits).toBeLessThanOrEqual(1);
  });

  it('counts one who is disabled and active again without being counted only once', async () => {
    const [endpoint, other] = [await limited(2), await open()];
    const [ada] = await idsOf(other, 'ada');
    await setActive(other, ada, false);
    await setActive(endpoint, ada, true);
    await setActive(endpoint, ada, false);
    await setActive(other, ada, true);

    expect(await seats()).toBe(1);
    await expectSound();
  });
});

describe('seats that are taken at the same time', () => {
  const several = (endpoint: Endpoint, count: number, name: string) =>
    Promise.all(Array.from({ length: count }, (_, index) => post(endpoint, `${name}-${index}`)));

  it('are never more than there are: of fifty creations with one seat left, one is done and forty-nine are refused', async () => {
    const endpoint = await limited(3);
    await idsOf(endpoint, 'ada', 'bea');

    const answers = await several(endpoint, 50, 'new');

    expect(statusesOf(answers)).toEqual({ 201: 1, 403: 49 });
    expect(await seats()).toBe(3);
    await expectSound();
  }, 60_000);

  it('are never more than there are, by creations and activations alike', async () => {
    const endpoint = await limited(4);
    const ids = await idsOf(endpoint, 'ada', 'bea', 'cyd', 'dan');
    await Promise.all(ids.map((id) => setActive(endpoint, id, false)));

    const answers = await Promise.all([several(endpoint, 6, 'new'), Promise.all(ids.map((id) => setActive(endpoint, id, true)))]);

    expect(answers.flat().filter(({ status }) => status < 300)).toHaveLength(4);
    expect(await seats()).toBe(4);
    await expectSound();
  }, 60_000);

  it('are taken without waiting far from the limit, and in turns again when it is lowered', async () => {
    const far = await limited(10_000);
    const answers = await several(far, 30, 'far');
    const near = await limited(31);
    const last = await several(near, 5, 'near');

    expect(statusesOf(answers)).toEqual({ 201: 30 });
    expect(answers.map(({ line }) => line.storeRetries)).toEqual(answers.map(() => 0));
    expect(statusesOf(last)).toEqual({ 201: 1, 403: 4 });
    expect(statusesOf(await several(far, 10, 'later'))).toEqual({ 201: 10 });
    expect((await readTable(table.client, table.tableName)).filter(({ guarded }) => guarded)).toEqual([]);
    await expectSound();
  }, 60_000);

  it('costs one round trip and one read unit far from the limit, and two write units more near it', async () => {
    const costOf = async (endpoint: Endpoint, name: string) => {
      const { status, line } = await post(endpoint, name, { active: true });
      expect(status).toBe(201);
      return [line.storeRoundTrips, line.readUnits, line.writeUnits];
    };
    const [without = 0, reads, writes = 0] = await costOf(await open(), 'one');
    const far = await costOf(await limited(10_000), 'two');
    const endpoint = await limited(50);
    await idsOf(endpoint, 'guards');

    expect([without, reads]).toEqual([1, 0]);
    expect(far).toEqual([2, 1, writes]);
    expect(await costOf(endpoint, 'ten')).toEqual([4, 3, writes + 2]);
  });
});
