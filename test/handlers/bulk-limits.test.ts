import { describe, expect, it } from '@jest/globals';
import { MAX_BODY_BYTES } from '../../src/scim/body.ts';
import { MAX_BULK_OPERATIONS } from '../../src/scim/bulk/request.ts';
import { aBulk, GROUP, idOf, operationLines, patch, postGroup, postUser, resultsOf, sendBulk, statusesOf, USER } from '../support/bulk.ts';
import { injectFaults } from '../support/dynamodb-faults.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openTestStore } from '../support/store-open.ts';

const users = (count: number) => Array.from({ length: count }, (_, index) => postUser(`user-${index}`));

/** A bulk request of exactly so many bytes; what no schema knows fills it up. */
function ofBytes(bytes: number): string {
  const text = (padding: string): string => JSON.stringify(aBulk([postUser('padded', { padding })]));
  return text('x'.repeat(bytes - text('').length));
}

/** An endpoint whose clock leaps ahead, and whose store fails, at the call of this number. */
async function openDisturbed(at: number, { leapMs = 0, error }: { readonly leapMs?: number; readonly error?: Error }): Promise<Endpoint> {
  let ahead = 0;
  let calls = 0;
  return openEndpoint({
    services: { clock: () => Date.now() + ahead },
    openStore: async () => {
      const table = await openTestStore();
      injectFaults(table.client, () => {
        calls += 1;
        if (calls !== at) return undefined;
        ahead += leapMs;
        return error && { error, isDone: false };
      });
      return table;
    },
  });
}

describe('what /ServiceProviderConfig says of bulk requests', () => {
  it('are the limits that hold', async () => {
    const { send } = await openEndpoint();

    expect((await send('GET', '/ServiceProviderConfig')).json.bulk).toEqual({
      supported: true,
      maxOperations: MAX_BULK_OPERATIONS,
      maxPayloadSize: MAX_BODY_BYTES,
    });
  });

  it('holds for maxOperations: as many are done, and one more is refused with both numbers', async () => {
    const endpoint = await openEndpoint();

    const tooMany = await sendBulk(endpoint, users(MAX_BULK_OPERATIONS + 1));
    const asMany = await sendBulk(endpoint, users(MAX_BULK_OPERATIONS));

    expect(tooMany.status).toBe(413);
    expect(tooMany.json.detail).toMatch(/201 operations.*maxOperations \(200\)/);
    expect(new Set(statusesOf(asMany))).toEqual(new Set(['201']));
    expect((await endpoint.send('GET', '/Users', { query: { count: '0' } })).json.totalResults).toBe(MAX_BULK_OPERATIONS);
  });

  it('holds for maxPayloadSize: as much is taken, and one byte more is refused with the number', async () => {
    const { send } = await openEndpoint();

    const tooLarge = await send('POST', '/Bulk', { text: ofBytes(MAX_BODY_BYTES + 1) });
    const asLarge = await send('POST', '/Bulk', { text: ofBytes(MAX_BODY_BYTES) });

    expect([tooLarge.status, tooLarge.json.detail]).toEqual([413, expect.stringContaining('1048576')]);
    expect(statusesOf(asLarge)).toEqual(['201']);
  });
});

describe('a bulk request that meets trouble', () => {
  it('leaves to a repeat what it has no time to begin', async () => {
    const endpoint = await openDisturbed(2, { leapMs: 19_000 });
    const operations = [postGroup('g', ['bulkId:c']), ...users(2), postUser('c'), { method: 'DELETE', path: '/Users/nobody' }];

    const first = await sendBulk(endpoint, operations);
    const second = await sendBulk(endpoint, operations);

    expect(statusesOf(first)).toEqual(['503', '201', '201', '503', '503']);
    expect(resultsOf(first)[3]?.response?.detail).toMatch(/send the same request again/);
    expect(resultsOf(first)[4]?.location).toMatch(/\/Users\/nobody$/);
    expect(statusesOf(second)).toEqual(['201', '201', '201', '201', '404']);
  });

  it('takes back a circle it has no time to complete', async () => {
    const endpoint = await openDisturbed(1, { leapMs: 19_000 });

    const first = await sendBulk(endpoint, [postGroup('a', ['bulkId:b']), postGroup('b', ['bulkId:a'])]);

    expect(statusesOf(first)).toEqual(['409', '503']);
    expect((await endpoint.send('GET', '/Groups')).json.totalResults).toBe(0);
  });

  it('goes on after an error nobody foresaw, which it logs and does not repeat', async () => {
    const endpoint = await openDisturbed(2, { error: new TypeError('ada@example.com is broken') });

    const answer = await sendBulk(endpoint, users(3));

    expect(statusesOf(answer)).toEqual(['201', '500', '201']);
    expect(resultsOf(answer)[1]?.response?.detail).toContain(answer.line.requestId);
    expect(endpoint.lines).toContainEqual(
      expect.objectContaining({ event: 'unexpectedError', requestId: answer.line.requestId, names: ['TypeError'] }),
    );
    expect(operationLines(endpoint.lines)[1]).toMatchObject({ index: 1, status: 500, subject: 'user-1' });
    expect(JSON.stringify([answer.json, endpoint.lines])).not.toContain('is broken');
  });
});

describe('what an operation costs', () => {
  const costOf = async (endpoint: Endpoint, operation: unknown) => {
    const { storeRoundTrips, readUnits, writeUnits } = (await sendBulk(endpoint, [operation])).line;
    return { storeRoundTrips, readUnits, writeUnits };
  };

  it('is one round trip for a creation, and two write units more than alone for its mark', async () => {
    const endpoint = await openEndpoint();
    const alone = (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName: 'alone' } })).line;

    expect(await costOf(endpoint, postUser('bulky'))).toEqual({ storeRoundTrips: 1, readUnits: 0, writeUnits: alone.writeUnits + 2 });
  });

  it('is two round trips for a change of a user', async () => {
    const endpoint = await openEndpoint();
    const id = idOf(await sendBulk(endpoint, [postUser('u')]), 0);

    expect((await costOf(endpoint, patch(`/Users/${id}`, { op: 'add', path: 'title', value: 'T' }))).storeRoundTrips).toBe(2);
  });

  it('is the same for a change of members, however many there are and whatever a PATCH is answered with', async () => {
    const endpoint = await openEndpoint({ policy: { patchAnswer: { Group: 'resource' } } });
    const created = await sendBulk(endpoint, [...users(61), postGroup('small'), postGroup('large')]);
    const member = (index: number) => ({ value: idOf(created, index) });
    const [small, large] = [idOf(created, 61), idOf(created, 62)];
    const add = (group: string, from: number, to: number) =>
      patch(`/Groups/${group}`, { op: 'add', path: 'members', value: Array.from({ length: to - from }, (_, at) => member(from + at)) });
    await sendBulk(endpoint, [add(small, 0, 1), add(large, 0, 30), add(large, 30, 59), add(large, 59, 60)]);

    const costs = [await costOf(endpoint, add(small, 60, 61)), await costOf(endpoint, add(large, 60, 61))];

    expect(costs[0]).toEqual(costs[1]);
    expect(costs[0]?.storeRoundTrips).toBe(2);
  });

  it('is no more for a PUT than it takes to replace', async () => {
    const endpoint = await openEndpoint();
    const created = await sendBulk(endpoint, [postUser('u'), postGroup('g', ['bulkId:u'])]);

    const cost = await costOf(endpoint, {
      method: 'PUT',
      path: `/Users/${idOf(created, 0)}`,
      data: { schemas: [USER], userName: 'u', title: 'T' },
    });
    const { json } = await endpoint.send('PUT', `/Groups/${idOf(created, 1)}`, { body: { schemas: [GROUP], displayName: 'g' } });

    expect(cost).toMatchObject({ storeRoundTrips: 2, readUnits: 1 });
    expect(json.meta.version).toBe('W/"2"');
  });
});
