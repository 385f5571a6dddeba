import { beforeEach, describe, expect, it } from '@jest/globals';
import { openRemovalBrakes } from '../../src/dynamodb/brakes.ts';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const MINUTE_MS = 60_000;

let table: TestStore;
let free: Endpoint;
let laterMs: number;

/** The endpoint as an application of this limit finds it; each is a process of its own on the one table. */
const under = (maxRemovalsPerHour: number | null, application = 'default'): Promise<Endpoint> =>
  openEndpoint({
    policy: { maxRemovalsPerHour },
    principal: { application },
    openStore: async () => table,
    services: { clock: () => Date.now() + laterMs },
  });

async function users(count: number): Promise<readonly string[]> {
  const made = Array.from({ length: count }, () =>
    free.send('POST', '/Users', { body: { schemas: [USER], userName: crypto.randomUUID() } }),
  );
  return (await Promise.all(made)).map(({ json }) => json.id);
}

const setActive = (value: unknown) => ({ schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value }] });
const disable = ({ send }: Endpoint, id: string | undefined) => send('PATCH', `/Users/${id}`, { body: setActive(false) });
const remove = ({ send }: Endpoint, id: string | undefined) => send('DELETE', `/Users/${id}`);
const tripsIn = ({ lines }: Endpoint) => lines.filter(({ event }) => event === 'brake');

beforeEach(async () => {
  table = await openTestStore();
  laterMs = 0;
  free = await openEndpoint({ openStore: async () => table });
});

describe('an application that may disable and remove three resources an hour', () => {
  it('is told to wait at the fourth, whatever the first were, and the log says so once', async () => {
    const braked = await under(3);
    const [patched, put, deleted, ...others] = await users(6);
    const group = await free.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Staff' } });

    const first = [
      await disable(braked, patched),
      await braked.send('PUT', `/Users/${put}`, { body: { schemas: [USER], userName: 'put', active: false } }),
      await remove(braked, deleted),
    ];
    const further = [
      await disable(braked, others[0]),
      await remove(braked, others[1]),
      await braked.send('DELETE', `/Groups/${group.json.id}`),
    ];

    expect(first.map(({ status }) => status)).toEqual([200, 200, 204]);
    expect(further.map(({ status, line }) => [status, line.refusal])).toEqual(Array.from({ length: 3 }, () => [503, 'braked']));
    expect(further[0]?.json.detail).toMatch(/disabled or removed 3 resources within an hour.*maxRemovalsPerHour.*"scim brake release"/);
    expect(Number(further[0]?.headers['retry-after'])).toBe(600);
    expect(tripsIn(braked)).toEqual([
      { event: 'brake', tenant: 'acme', application: 'default', limit: 3, requestId: further[0]?.line.requestId },
    ]);
    expect((await free.send('GET', `/Users/${others[0]}`)).json.active).not.toBe(false);
    expect((await free.send('GET', '/Users')).json.totalResults).toBe(5);
  });

  it('counts a group that is removed, and no member that is', async () => {
    const braked = await under(1);
    const [member] = await users(1);
    const body = { schemas: [GROUP], displayName: 'Staff', members: [{ value: member }] };
    const { json } = await free.send('POST', '/Groups', { body });
    const leave = { schemas: [PATCH], Operations: [{ op: 'remove', path: `members[value eq "${member}"]` }] };

    const left = await braked.send('PATCH', `/Groups/${json.id}`, { body: leave });
    const removed = await braked.send('DELETE', `/Groups/${json.id}`);

    expect([left.status, removed.status, (await remove(braked, member)).status]).toEqual([200, 204, 503]);
  });

  it('goes on with everything else meanwhile', async () => {
    const braked = await under(1);
    const [gone, disabled] = await users(2);
    await disable(free, disabled);
    await remove(braked, gone);

    const answers = [
      await braked.send('POST', '/Users', { body: { schemas: [USER], userName: 'new', active: false } }),
      await braked.send('PATCH', `/Users/${disabled}`, { body: setActive(true) }),
      await braked.send('GET', `/Users/${disabled}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
  });

  it('counts nothing twice: what is said again changes nothing', async () => {
    const braked = await under(3);
    const [first, second, third, fourth] = await users(4);

    for (let time = 0; time < 4; time += 1) await disable(braked, first);
    for (let time = 0; time < 4; time += 1) await remove(braked, second);

    expect((await remove(braked, third)).status).toBe(204);
    expect((await remove(braked, fourth)).status).toBe(503);
  });

  it('counts nothing for a condition that fails, or for what is not there', async () => {
    const braked = await under(1);
    const [id] = await users(1);

    const stale = await braked.send('DELETE', `/Users/${id}`, { headers: { 'If-Match': 'W/"9"' } });
    const absent = await remove(braked, crypto.randomUUID());

    expect([stale.status, absent.status, (await remove(braked, id)).status]).toEqual([412, 404, 204]);
  });

  it('counts the operations of a bulk request one by one', async () => {
    const braked = await under(3);
    const ids = await users(5);
    const Operations = ids.map((id) => ({ method: 'DELETE', path: `/Users/${id}` }));

    const { json } = await braked.send('POST', '/Bulk', { body: { schemas: [BULK], Operations } });

    expect(json.Operations.map(({ status }: { status: string }) => status)).toEqual(['204', '204', '204', '503', '503']);
    expect(tripsIn(braked)).toHaveLength(1);
  });

  it('does not count what a bulk request takes back because another part of it has failed', async () => {
    const braked = await under(1);
    const [id] = await users(1);
    const member = (value: string) => ({ schemas: [GROUP], displayName: value, members: [{ value: `bulkId:${value}` }] });
    const Operations = [
      { method: 'POST', path: '/Groups', bulkId: 'a', data: member('b') },
      { method: 'POST', path: '/Groups', bulkId: 'b', data: { ...member('a'), displayName: 'x'.repeat(5_000) } },
    ];

    const { json } = await braked.send('POST', '/Bulk', { body: { schemas: [BULK], Operations } });

    expect(json.Operations.map(({ status }: { status: string }) => Number(status)).every((status: number) => status >= 400)).toBe(true);
    expect((await remove(braked, id)).status).toBe(204);
  });

  it('may do the next once the first are an hour ago, and no sooner', async () => {
    const braked = await under(2);
    const [first, second, third, fourth] = await users(4);
    await remove(braked, first);
    laterMs = 30 * MINUTE_MS;
    await remove(braked, second);

    laterMs = 59 * MINUTE_MS;
    const early = await remove(braked, third);
    laterMs = 66 * MINUTE_MS;
    const [next, further] = [await remove(braked, third), await remove(braked, fourth)];

    expect([early.status, next.status, further.status]).toEqual([503, 204, 503]);
    expect(tripsIn(braked)).toHaveLength(2);
  });

  it('is let through by a release, and counted anew after it', async () => {
    const braked = await under(1);
    const [first, second, third, fourth, fifth] = await users(5);
    await remove(braked, first);
    const held = await remove(braked, second);
    const at = new Date();

    await openRemovalBrakes(table).release('default', { at, until: new Date(at.getTime() + 10 * MINUTE_MS) }, aCall());
    const released = [await remove(braked, second), await remove(braked, third)];
    laterMs = 11 * MINUTE_MS;
    const after = [await remove(braked, fourth), await remove(braked, fifth)];

    expect([held, ...released, ...after].map(({ status }) => status)).toEqual([503, 204, 204, 204, 503]);
    expect(tripsIn(braked)).toHaveLength(2);
  });

  it('is braked by itself: another application is not, and a new process knows', async () => {
    const [first, second, third] = await users(3);
    await remove(await under(1), first);

    const other = await remove(await under(1, 'other'), second);
    const restarted = await remove(await under(1), third);

    expect([other.status, restarted.status]).toEqual([204, 503]);
  });
});

describe('the brake under parallel requests', () => {
  it('lets exactly as many through as may pass, by DELETE, PUT and PATCH at once, and announces one trip', async () => {
    const ids = await users(40);
    refuseOverlaps(table.client);
    const processes = await Promise.all([under(10), under(10), under(10)]);

    const answers = await Promise.all(
      ids.map((id, index) => {
        const process = processes[index % 3] ?? free;
        return index % 2 === 0 ? remove(process, id) : disable(process, id);
      }),
    );

    const passed = answers.filter(({ status }) => status < 300);
    const { json } = await free.send('GET', '/Users', { query: { filter: 'active ne false' } });
    expect(passed).toHaveLength(10);
    expect(new Set(answers.filter(({ status }) => status >= 300).map(({ line }) => line.refusal))).toEqual(new Set(['braked']));
    expect(json.totalResults).toBe(30);
    expect(processes.flatMap(tripsIn)).toHaveLength(1);
  });
});

describe('what the brake costs', () => {
  it('is nothing without a limit, and nothing for what disables and removes nobody', async () => {
    const [unlimited, braked] = [await under(null), await under(5)];
    const [first, second] = await users(2);
    const costOf = async ({ send }: Endpoint, id: string | undefined) => {
      const { line } = await send('PATCH', `/Users/${id}`, {
        body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'Dr' }] },
      });
      return [line.storeCalls, line.storeRoundTrips, line.readUnits, line.writeUnits];
    };

    expect(await costOf(braked, first)).toEqual(await costOf(unlimited, second));
    expect((await remove(unlimited, first)).line).toMatchObject({ storeRoundTrips: 2 });
  });

  it('is one round trip, one read unit and two write units for a removal', async () => {
    const [unlimited, braked] = [await under(null), await under(5)];
    const [first, second] = await users(2);

    const [without, limited] = [(await remove(unlimited, first)).line, (await remove(braked, second)).line];

    expect(limited.storeRoundTrips - without.storeRoundTrips).toBe(1);
    expect(limited.readUnits - without.readUnits).toBe(1);
    expect(limited.writeUnits - without.writeUnits).toBe(2);
  });

  it('is one round trip for a disable, which becomes a transaction of 8 write units at most', async () => {
    const braked = await under(5);
    const [id] = await users(1);

    const { line } = await disable(braked, id);

    expect(line.storeRoundTrips).toBe(3);
    expect(line.writeUnits).toBeLessThanOrEqual(8);
  });
});
