import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RequestLine } from '../../src/runtime/log.ts';
import { fillMembers } from '../support/dynamodb-fill.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { eventsOf, readPages } from '../support/event-pages.ts';
import { anEntry } from '../support/feed-entries.ts';
import { Follower } from '../support/follow-events.ts';
import { aCall } from '../support/store-call.ts';
import { aGroup, asMember, aUser, create, memberChange } from '../support/store-resources.ts';

const cost = ({ storeCalls, storeRoundTrips, readUnits, writeUnits }: RequestLine) => ({
  storeCalls,
  storeRoundTrips,
  readUnits,
  writeUnits,
});

const costsOf = (pages: readonly (Answer | undefined)[]): ReadonlySet<string | undefined> =>
  new Set(pages.map((page) => page && JSON.stringify(cost(page.line))));

describe('a snapshot of a large group', () => {
  let endpoint: Endpoint;
  let pages: readonly Answer[];

  beforeAll(async () => {
    endpoint = await openEndpoint({ principal: { scope: 'events' } });
    const group = await create(endpoint.table.store, aGroup('Everyone'));
    await fillMembers(endpoint.table, group.id, 0, 4_800);
    await create(endpoint.table.store, aGroup('Behind it'));
    pages = await readPages(endpoint, { count: '4' });
  });

  it('tells each member once, 200 an event, by the parts of one version', () => {
    const [first, ...events] = eventsOf(pages);
    const told = events.filter(({ type }) => type === 'members.added');
    const members = told.flatMap((event) => event.members ?? []);

    expect(first).toMatchObject({ type: 'group.snapshot', version: 1, part: 500_000 });
    expect(told.map(({ version, part }) => [version, part])).toEqual(told.map((_, index) => [1, 500_001 + index]));
    expect(told.every((event) => (event.members?.length ?? 0) <= 200)).toBe(true);
    expect(members).toEqual([...new Set(members)].toSorted());
    expect(members).toHaveLength(4_800);
  });

  it('ends with the groups behind it', () => {
    expect(eventsOf(pages).filter(({ type }) => type === 'group.snapshot')).toHaveLength(2);
  });

  it('costs the same for every page within the group', () => {
    const within = pages.slice(1, 5);

    expect(costsOf(within).size).toBe(1);
    expect(within.map(({ line }) => line.readUnits).every((units) => units <= 30)).toBe(true);
    expect(within[0]?.line).toMatchObject({ storeCalls: 8, storeRoundTrips: 5, writeUnits: 0 });
  });
});

describe('a large group that changes while its members are told', () => {
  it('comes out as it is, by the changes that follow', async () => {
    const endpoint = await openEndpoint({ principal: { scope: 'events' } });
    const { store } = endpoint.table;
    const users = await Promise.all(Array.from({ length: 460 }, (_, number) => create(store, aUser(`user-${number}`))));
    const [early, late] = [users.slice(0, 230), users.slice(230)].map((half) =>
      half.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    );
    const [joinsEarly, ...others] = [...(early ?? []), ...(late ?? [])];
    const joinsLate = others.pop();
    const group = await create(store, aGroup('Everyone'), others.map(asMember));
    const changes = [
      { add: [joinsEarly], remove: [others[1], others.at(-2)] },
      { add: [joinsLate, others[1]], remove: [others[2], others.at(-3)] },
      { add: [others.at(-2)], remove: [others[3], others.at(-4), joinsEarly] },
    ].map(({ add, remove }) => ({ add: add.flatMap((user) => user ?? []), remove: remove.flatMap((user) => user?.id ?? []) }));
    const followed = new Follower();

    const first = await endpoint.send('GET', '/events', { query: { count: '460' } });
    const pages = await readPages(endpoint, { cursor: first.json.nextCursor, count: '1' }, async ({ json }) => {
      const [event] = json.events;
      const change = event?.type === 'members.added' && json.phase === 'snapshot' ? changes.shift() : undefined;
      if (change === undefined) return;
      const { add, remove } = change;
      await store.commit(memberChange(group, add.map(asMember), remove), aCall());
      const version = (await store.load('Group', group.id, {}, aCall()))?.resource.version ?? 0;
      const about = { resourceType: 'Group', resourceId: group.id, version };
      const [removed, added] = [
        { ...about, type: 'members.removed', members: remove },
        { ...about, type: 'members.added', members: add.map(({ id }) => id) },
      ] as const;
      await endpoint.feed.log.append([anEntry(removed), anEntry({ ...added, part: 1 })], aCall());
    });
    for (const { json } of [first, ...pages]) for (const event of json.events) followed.take(event, json.phase);

    const loaded = await store.load('Group', group.id, { members: true }, aCall());
    expect(changes).toEqual([]);
    expect(followed.directory().get(group.id)).toEqual(loaded?.members?.map(({ value }) => value).sort());
  });
});

describe('a snapshot of many users', () => {
  it('costs the same for every page', async () => {
    const endpoint = await openEndpoint({ principal: { scope: 'events' } });
    for (let number = 0; number < 50; number += 1) await create(endpoint.table.store, aUser(`user-${String(number).padStart(2, '0')}`));

    const pages = await readPages(endpoint, { count: '10' });

    expect(costsOf(pages.slice(1, 4)).size).toBe(1);
    expect(pages[1]?.line).toMatchObject({ storeCalls: 2, storeRoundTrips: 2, writeUnits: 0 });
  });
});
