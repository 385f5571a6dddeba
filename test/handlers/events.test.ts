import { describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { eventsOf, readPages } from '../support/event-pages.ts';
import { expire, openFeedLogOn } from '../support/feed.ts';
import { anEntry } from '../support/feed-entries.ts';
import { aCall } from '../support/store-call.ts';

const DAY_MS = 86_400_000;
const SINCE = new Date(Date.now() - DAY_MS).toISOString();

const principal = { scope: 'events' } as const;

const open = (options: Parameters<typeof openEndpoint>[0] = {}) => openEndpoint({ principal, ...options });

/** Time that passes only where somebody sleeps. */
function aClock() {
  let nowMs = Date.now();
  const slept: number[] = [];
  return {
    slept,
    clock: () => nowMs,
    sleep: async (ms: number) => {
      slept.push(ms);
      nowMs += ms;
    },
  };
}

const cursorOf = async ({ send }: Endpoint, query: Readonly<Record<string, string>>): Promise<string> =>
  (await send('GET', '/events', { query })).json.nextCursor;

describe('the events since a time', () => {
  it.each(['1', '3', '7', '1000'])('are those of the log in its order, by pages of %s', async (count) => {
    const endpoint = await open();
    const entries = Array.from({ length: 9 }, () => anEntry());
    for (const several of [entries.slice(0, 4), entries.slice(4, 5), entries.slice(5)]) await endpoint.feed.log.append(several, aCall());

    const pages = await readPages(endpoint, { since: SINCE, count });

    expect(eventsOf(pages).map(({ resourceId }) => resourceId)).toEqual(entries.map(({ resourceId }) => resourceId));
    expect(pages.every(({ json }) => json.events.length <= Number(count) && json.phase === 'changes')).toBe(true);
  });

  it('are JSON of the shape that is promised, and no message of SCIM', async () => {
    const endpoint = await open();
    const entry = anEntry();
    await endpoint.feed.log.append([entry], aCall());

    const { status, headers, json } = await endpoint.send('GET', '/events', { query: { since: SINCE } });

    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(json).toEqual({
      phase: 'changes',
      events: [{ ...entry, id: `${entry.resourceId}.1.0`, tenant: 'acme' }],
      nextCursor: expect.any(String),
      isUpToDate: true,
    });
  });

  it('are as many as one answer can carry, however many are asked for', async () => {
    const endpoint = await open({ feed: { values: 'profile' } });
    const entries = Array.from({ length: 40 }, () => anEntry({ type: 'user.updated', profile: { text: '"'.repeat(50_000) } }));
    await endpoint.feed.log.append(entries, aCall());

    const pages = await readPages(endpoint, { since: SINCE, count: '1000' });

    expect(eventsOf(pages)).toHaveLength(40);
    expect(pages.length).toBeGreaterThan(1);
  });

  it('show no value that was written down before the operator let none out', async () => {
    const endpoint = await open();
    await endpoint.feed.log.append([anEntry({ profile: { name: 'Babs' } })], aCall());

    const { text } = await endpoint.send('GET', '/events', { query: { since: SINCE } });

    expect(text).toContain('user.created');
    expect(text).not.toContain('Babs');
  });

  it('are refused where some of them are gone, under a shorter setting of then', async () => {
    const endpoint = await open();
    await openFeedLogOn(endpoint.table, { retentionDays: 1 }).append([anEntry()], aCall());
    await endpoint.feed.log.append([anEntry()], aCall());
    await expire(endpoint.table, (sk) => sk.endsWith('1'));

    const { status, json } = await endpoint.send('GET', '/events', { query: { since: SINCE } });

    expect([status, json.scimType]).toEqual([400, 'expiredCursor']);
    expect(json.detail).toMatch(/^since: .*begin without a cursor/);
  });

  it('leave out types that the application is not served, and go on behind them', async () => {
    const endpoint = await open({ policy: { resourceTypes: ['User'] } });
    const group = anEntry({ type: 'group.created', resourceType: 'Group' });
    const user = anEntry();
    await endpoint.feed.log.append([group, user], aCall());

    const pages = await readPages(endpoint, { since: SINCE, count: '1' });

    expect(eventsOf(pages).map(({ resourceId }) => resourceId)).toEqual([user.resourceId]);
  });
});

describe('the events from now on', () => {
  it('are those that come after the question', async () => {
    const endpoint = await open();
    await endpoint.feed.log.append([anEntry()], aCall());
    const cursor = await cursorOf(endpoint, { from: 'now' });
    const later = anEntry();
    await endpoint.feed.log.append([later], aCall());

    const pages = await readPages(endpoint, { cursor });

    expect(eventsOf(pages).map(({ resourceId }) => resourceId)).toEqual([later.resourceId]);
  });

  it('are waited for, with growing pauses, no longer than asked for', async () => {
    const { slept, ...time } = aClock();
    const endpoint = await open({ feed: time });

    const { json, line } = await endpoint.send('GET', '/events', { query: { from: 'now', wait: '10' } });

    expect(json).toMatchObject({ events: [], isUpToDate: true });
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(10_000);
    expect(slept.slice(0, 5)).toEqual([250, 500, 1_000, 2_000, 2_000]);
    expect(line.storeCalls).toBe(slept.length + 2);
  });

  it('end the wait as soon as there are any', async () => {
    const { slept, clock, sleep } = aClock();
    const endpoint = await open({
      feed: {
        clock,
        sleep: async (ms) => {
          await sleep(ms);
          if (slept.length === 2) await endpoint.feed.log.append([anEntry()], aCall());
        },
      },
    });

    const { json } = await endpoint.send('GET', '/events', { query: { from: 'now', wait: '20' } });

    expect(json.events).toHaveLength(1);
    expect(slept).toEqual([250, 500]);
  });

  it('are not waited for past the end of the function', async () => {
    const { slept, ...time } = aClock();
    const endpoint = await open({ feed: time, remainingMs: 6_000 });

    const { status } = await endpoint.send('GET', '/events', { query: { from: 'now', wait: '20' } });

    expect(status).toBe(200);
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(3_600);
  });
});

describe('a cursor', () => {
  it('is good for as long as events are kept, and says then how to go on', async () => {
    let nowMs = Date.now();
    const endpoint = await open({ services: { clock: () => nowMs } });
    const cursor = await cursorOf(endpoint, { from: 'now' });

    nowMs += 30 * DAY_MS - 60_000;
    const inTime = await endpoint.send('GET', '/events', { query: { cursor } });
    nowMs += 120_000;
    const late = await endpoint.send('GET', '/events', { query: { cursor } });

    expect(inTime.status).toBe(200);
    expect([late.status, late.json.scimType]).toEqual([400, 'expiredCursor']);
    expect(late.json.detail).toContain('begin without a cursor');
  });

  it('has expired where all behind it may have gone under a shorter setting, and is good where that cannot be', async () => {
    let nowMs = Date.now();
    const call = () => aCall({ deadlineMs: nowMs + 30_000 });
    const endpoint = await open({ services: { clock: () => nowMs } });
    const shorter = openFeedLogOn(endpoint.table, { now: () => nowMs, retentionDays: 1 });
    await shorter.append([anEntry()], call());
    const early = await cursorOf(endpoint, { from: 'now' });
    await shorter.append([anEntry()], call());
    nowMs += 9 * DAY_MS;
    await expire(endpoint.table);
    const late = await cursorOf(endpoint, { from: 'now' });
    nowMs += DAY_MS;
    const entry = anEntry();
    await openFeedLogOn(endpoint.table, { now: () => nowMs }).append([entry], call());

    const [fromEarly, fromLate] = [
      await endpoint.send('GET', '/events', { query: { cursor: early } }),
      await readPages(endpoint, { cursor: late }),
    ];

    expect([fromEarly.status, fromEarly.json.scimType]).toEqual([400, 'expiredCursor']);
    expect(eventsOf(fromLate).map(({ resourceId }) => resourceId)).toEqual([entry.resourceId]);
  });

  it('has expired once what comes next is gone from the log', async () => {
    const endpoint = await open();
    const cursor = await cursorOf(endpoint, { from: 'now' });
    const gone = {
      ...endpoint.feed.log,
      read: async (...asked: Parameters<typeof endpoint.feed.log.read>) => ({ ...(await endpoint.feed.log.read(...asked)), hasGap: true }),
    };
    const after = await open({ openStore: async () => endpoint.table, feed: { log: gone } });

    const { status, json } = await after.send('GET', '/events', { query: { cursor } });

    expect([status, json.scimType]).toEqual([400, 'expiredCursor']);
  });

  it('is good for the application alone that it was given to', async () => {
    const endpoint = await open();
    const other = await open({ openStore: async () => endpoint.table, principal: { ...principal, application: 'other' } });
    const cursor = await cursorOf(endpoint, {});

    const { status, json } = await other.send('GET', '/events', { query: { cursor } });

    expect([status, json.scimType]).toEqual([400, 'invalidCursor']);
  });

  it('has expired once the tenant is set up anew, with a log that may be longer or shorter by then', async () => {
    const [before, anew] = [await open(), await open()];
    await before.feed.log.append([anEntry()], aCall());
    const cursor = await cursorOf(before, { from: 'now' });
    await anew.feed.log.append([anEntry()], aCall());

    const { status, json } = await anew.send('GET', '/events', { query: { cursor } });

    expect([status, json.scimType]).toEqual([400, 'expiredCursor']);
    expect(json.detail).toContain('set up anew');
  });

  it('has expired once the application is served other types: the snapshot held nothing of these', async () => {
    const endpoint = await open({ policy: { resourceTypes: ['User'] } });
    const widened = await open({ openStore: async () => endpoint.table });
    const cursor = await cursorOf(endpoint, { from: 'now' });

    const { status, json } = await widened.send('GET', '/events', { query: { cursor } });

    expect([status, json.scimType]).toEqual([400, 'expiredCursor']);
  });

  it('is none that goes on within a group and does not say which', async () => {
    const endpoint = await open();
    const cursor = JSON.parse(Buffer.from(await cursorOf(endpoint, { from: 'now' }), 'base64url').toString());
    const made = { ...cursor, snapshot: { type: 'Group', group: { version: 1, said: 0, told: 1 } } };

    const { status, json } = await endpoint.send('GET', '/events', {
      query: { cursor: Buffer.from(JSON.stringify(made)).toString('base64url') },
    });

    expect([status, json.scimType]).toEqual([400, 'invalidCursor']);
  });

  it.each(['x', 'eyJ2IjoxfQ', 'a'.repeat(5_000), '%%%'])('is none that was never given: %.10s', async (cursor) => {
    const { send } = await open();

    const { status, json } = await send('GET', '/events', { query: { cursor } });

    expect([status, json.scimType]).toEqual([400, 'invalidCursor']);
  });
});

describe('a question that cannot be understood', () => {
  it.each([
    [{ count: '0' }, 'count', 'from 1 to 1000'],
    [{ count: '1001' }, 'count', 'from 1 to 1000'],
    [{ count: 'ten' }, 'count', 'from 1 to 1000'],
    [{ wait: '21' }, 'wait', 'from 0 to 20'],
    [{ wait: '-1' }, 'wait', 'from 0 to 20'],
    [{ from: 'then' }, 'from', '"now"'],
    [{ since: 'yesterday' }, 'since', 'RFC 3339'],
    [{ since: '2026-13-01T00:00:00Z' }, 'since', 'RFC 3339'],
    [{ since: '2999-01-01T00:00:00Z' }, 'since', 'future'],
    [{ since: '2001-01-01T00:00:00Z' }, 'since', 'without a cursor'],
    [{ since: SINCE, from: 'now' }, 'cursor, from, since', 'one of them'],
    [{ count: ['1', '2'] }, 'A query parameter', 'once'],
  ])('%j is refused, and why', async (query, names, advice) => {
    const { send } = await open();

    const { status, headers, json } = await send('GET', '/events', { query });

    expect([status, headers['content-type']]).toEqual([400, 'application/scim+json']);
    expect(json.detail).toMatch(new RegExp(`^${names}`));
    expect(json.detail).toContain(advice);
  });

  it('is none for a parameter that nobody knows', async () => {
    const { send } = await open();

    await expect(send('GET', '/events', { query: { from: 'now', colour: 'red' } })).resolves.toMatchObject({ status: 200 });
  });
});

describe('who may read events', () => {
  it.each(['full', 'read'] as const)('is not a credential of scope %s', async (scope) => {
    const { send } = await open({ principal: { scope } });

    const { status, json, line } = await send('GET', '/events');

    expect(status).toBe(403);
    expect(json.detail).toContain('scope "events"');
    expect(line).toMatchObject({ route: '/events', operation: 'follow', resourceType: 'events', refusal: 'forbidden' });
  });

  it('is not an application that sees only its own resources', async () => {
    const { send } = await open({ policy: { resources: 'own' } });

    const { status, json } = await send('GET', '/events');

    expect(status).toBe(403);
    expect(json.detail).toContain('resources is "all"');
  });

  it('is not an application whose reading is switched off', async () => {
    const { send } = await open({ policy: { features: { read: 'refuse' } } });

    await expect(send('GET', '/events')).resolves.toMatchObject({ status: 403 });
  });

  it('reads resources too, and writes nothing', async () => {
    const { send } = await open();

    const reads = [await send('GET', '/Users'), await send('GET', '/ResourceTypes'), await send('GET', '')];
    const writes = [
      await send('POST', '/Users', { body: {} }),
      await send('PATCH', '/Groups/00000000-0000-7000-8000-000000000000', { body: {} }),
      await send('DELETE', '/Users/00000000-0000-7000-8000-000000000000'),
    ];

    expect(reads.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(writes.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it.each(['POST', 'PUT', 'DELETE'])('cannot %s them', async (method) => {
    const { send } = await open();

    await expect(send(method, '/events', { body: {} })).resolves.toMatchObject({ status: 405, headers: { allow: 'GET' } });
  });
});

describe('another spelling of the address', () => {
  const domain = { name: 'scim.example.com', path: 'acme' };

  it.each([
    ['//events', {}, ''],
    ['/events/', { wait: '20', cursor: 'eyJ2IjoxfQ' }, '?wait=20&cursor=eyJ2IjoxfQ'],
    ['/%20events', { since: '2026-01-01T10:00:00+02:00' }, '?since=2026-01-01T10%3A00%3A00%2B02%3A00'],
  ])('%s leads to the one there is, with the same question', async (path, query, asked) => {
    const { send } = await open({ isCatchAll: true });

    const { status, headers } = await send('GET', path, { query, domain });

    expect([status, headers['location']]).toEqual([308, `https://scim.example.com/acme/scim/v2/events${asked}`]);
  });

  it('leads nobody there who is let in nowhere, or not there', async () => {
    const [stranger, client] = [await open({ isCatchAll: true }), await open({ isCatchAll: true, principal: { scope: 'full' } })];

    await expect(stranger.send('GET', '//events', { token: undefined })).resolves.toMatchObject({ status: 401 });
    await expect(client.send('GET', '//events')).resolves.toMatchObject({ status: 403 });
  });
});
