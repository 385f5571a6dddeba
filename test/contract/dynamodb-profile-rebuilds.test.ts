import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { rebuildName } from '../../src/access/mapping-rebuilds.ts';
import { performBackfill, SETTLE_MS } from '../../src/directory/backfill/perform-backfill.ts';
import { setMapping, showMapping } from '../../src/directory/mapping/change-mapping.ts';
import { mappingReader } from '../../src/directory/mapping/mapping-reader.ts';
import { makeProfile } from '../../src/directory/mapping/profile.ts';
import { profileRebuild } from '../../src/directory/mapping/rebuild-profiles.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { openApplicationRepository } from '../../src/dynamodb/applications.ts';
import { openBackfillStore } from '../../src/dynamodb/backfill/store.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { errandsIn } from '../../src/dynamodb/sweeping/errands.ts';
import type { AttributeMapping } from '../../src/scim/mapping/shape.ts';
import { GROUP, REGISTRY, USER } from '../../src/scim/schema/resource-types.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { openEndpoint } from '../support/endpoint.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, aUser, create } from '../support/store-resources.ts';

jest.setTimeout(60_000);

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const LOGINS: AttributeMapping = { User: [{ target: 'login', path: 'userName', transforms: ['upperCase'] }] };
const TITLES: AttributeMapping = {
  User: [{ target: 'title', path: 'title', default: 'none' }],
  Group: [{ target: 'team', path: 'displayName' }],
};

/** Beside it, a profile that would fit by itself does not. */
const PHOTOS = Array.from({ length: 10 }, (_, index) => ({ value: `https://example.com/${index}/${'p'.repeat(20_000)}` }));

const USERS = rebuildName({ application: 'default', type: 'User' });

/** A directory of which every fourth user is another application's, and what changes its mapping and follows. */
async function openDirectory(count: number) {
  const opened = await openTestStore();
  const applications = openApplicationRepository(opened);
  const backfills = openBackfillStore(opened);
  const users: StoredResource[] = [];
  for (let start = 0; start < count; start += 20) {
    const some = Array.from({ length: Math.min(20, count - start) }, (_, index) => userOf(start + index));
    users.push(...(await Promise.all(some.map((user) => create(opened.store, user)))));
  }
  const clock = { nowMs: Date.now() };
  const administration = {
    applications,
    backfills,
    open: async () => ({ registry: REGISTRY, store: opened.store }),
    now: () => clock.nowMs,
  };
  const perform = (name: string, { looks = Infinity } = {}) => {
    let left = looks;
    const now = (): number => {
      left -= 1;
      return left < 0 ? clock.nowMs + 60_000 : clock.nowMs;
    };
    const taskOf = profileRebuild({ applications, registry: REGISTRY });
    const directory = openDirectoryStore({ ...opened, registry: REGISTRY });
    return performBackfill(
      { backfills, directory, taskOf, newWorker: randomUUID, now, page: 40 },
      name,
      aCall({ deadlineMs: clock.nowMs + 60_000 }),
    );
  };
  return {
    ...opened,
    applications,
    backfills,
    users,
    clock,
    perform,
    set: (mapping: object) =>
      setMapping(
        administration,
        { act: 'app.map.set', by: 'ada', application: 'default', mapping: JSON.parse(JSON.stringify(mapping)), dryRun: false },
        aCall(),
      ),
    rebuilds: async () =>
      (await showMapping(administration, { act: 'app.map.show', by: 'ada', application: 'default' }, aCall())).result.rebuilds,
    /** As the functions do that serve requests, once they have heard of the mapping. */
    endpoint: () => openEndpoint({ openStore: async () => opened, services: { mappingOf: mappingReader(applications) } }),
  };
}

type Opened = Awaited<ReturnType<typeof openDirectory>>;

const userOf = (index: number): StoredResource => ({
  ...aUser(`user.${index}`, index % 3 === 0 ? {} : { title: `title ${index}` }),
  ...(index % 4 === 0 && { createdBy: 'hr' }),
});

/** Users whose profile is not what this mapping makes of them, or of another's that have one. */
async function wrong({ store }: Opened, mapping: AttributeMapping | undefined): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const chunk of store.scan('User', {}, aCall())) {
    const others = chunk.filter(({ resource }) => {
      const { profile: _, ...plain } = resource;
      const due = resource.createdBy === 'default' ? makeProfile(USER, mapping, plain) : undefined;
      return JSON.stringify(due) !== JSON.stringify(resource.profile);
    });
    found.push(...others.map(({ resource }) => resource.id));
  }
  return found;
}

/** How often something was said of each user without a new version of it. */
const saidOf = async ({ client, tableName, users }: Opened): Promise<readonly (string | undefined)[]> => {
  const rows = new Map((await readTable(client, tableName)).map((item) => [`${item['pk']?.S} ${item['sk']?.S}`, item]));
  return users.map(({ id }) => rows.get(`User#0 ${id}`)?.['said']?.N);
};

async function settle(opened: Opened, name = USERS): Promise<void> {
  await opened.perform(name);
  opened.clock.nowMs += SETTLE_MS;
}

describe('a changed mapping', () => {
  it('is announced with the change itself, to whoever follows the table', async () => {
    const opened = await openDirectory(1);

    await opened.set(TITLES);

    const rows = await readTable(opened.client, opened.tableName);
    const names = errandsIn(rows).flatMap(({ work }) => (work.kind === 'backfill' ? [work.name] : []));
    expect(names.toSorted()).toEqual([rebuildName({ application: 'default', type: 'Group' }), USERS]);
    expect(await opened.rebuilds()).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  });

  it('makes the profiles anew of what the application created, and of nothing else', async () => {
    const opened = await openDirectory(30);
    const group = await create(opened.store, aGroup('Sales'));
    await opened.set(TITLES);

    for (const name of [USERS, rebuildName({ application: 'default', type: 'Group' })]) {
      await settle(opened, name);
      await opened.perform(name);
    }

    expect(await wrong(opened, TITLES)).toEqual([]);
    const stored = (await opened.store.load('Group', group.id, {}, aCall()))?.resource;
    expect(stored).toEqual({ ...group, said: 1, profile: makeProfile(GROUP, TITLES, group) });
    expect(await opened.rebuilds()).toMatchObject([
      { resourceType: 'Group', state: 'done', changed: 1 },
      { resourceType: 'User', state: 'done', seen: 30, total: 30, changed: 22, stuck: 0 },
    ]);
  });

  it('is told of each resource whose profile is another by it, and of no other', async () => {
    const opened = await openDirectory(8);
    await opened.set(LOGINS);
    await settle(opened);
    await opened.perform(USERS);
    const once = await saidOf(opened);

    await opened.set({ User: [{ target: 'login', path: 'userName', transforms: ['upperCase'], default: 'NOBODY' }] });
    await settle(opened);
    await opened.perform(USERS);

    const ofDefault = opened.users.map(({ createdBy }) => (createdBy === 'default' ? '1' : undefined));
    expect(await opened.rebuilds()).toMatchObject([{ resourceType: 'User', state: 'done', changed: 6 }]);
    expect(once).toEqual(ofDefault);
    expect(await saidOf(opened)).toEqual(ofDefault);
  });

  it('comes to all of 1,000 users while clients write, workers die and two work at the same time', async () => {
    const opened = await openDirectory(1_000);
    const endpoint = await opened.endpoint();
    await opened.set(LOGINS);
    await settle(opened);
    const seen: number[] = [];
    let isOver = false;

    const writing = Promise.all(
      [0, 1, 2].map(async (lane) => {
        for (let at = lane; !isOver && at < opened.users.length; at += 3) {
          const value = `Renamed.${at}`;
          const operations = [{ op: 'replace', path: 'userName', value }];
          const id = opened.users[(at * 37) % opened.users.length]?.id;
          await endpoint.send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH], Operations: operations } });
        }
      }),
    );
    for (let round = 0; !isOver && round < 200; round += 1) {
      await Promise.all([opened.perform(USERS, { looks: 3 }), opened.perform(USERS, { looks: 2 })]);
      const [rebuild] = await opened.rebuilds();
      seen.push(rebuild?.seen ?? 0);
      isOver = rebuild?.state === 'done';
    }
    await writing;

    expect(isOver).toBe(true);
    expect(seen.toSorted((one, other) => one - other)).toEqual(seen);
    expect(seen.length).toBeGreaterThan(5);
    expect(await wrong(opened, LOGINS)).toEqual([]);
  });

  it('stops the rebuild for the mapping before it', async () => {
    const opened = await openDirectory(100);
    await opened.set(LOGINS);
    await settle(opened);
    await opened.perform(USERS, { looks: 4 });

    await opened.set({ User: TITLES['User'] });
    await settle(opened);
    while ((await opened.perform(USERS, { looks: 4 })).left.length > 0);

    expect(await wrong(opened, TITLES)).toEqual([]);
  });

  it('that is taken away takes the profiles with it, as a deleted application does', async () => {
    const opened = await openDirectory(20);
    await opened.set(LOGINS);
    await settle(opened);
    await opened.perform(USERS);

    await opened.applications.change(() => ({ remove: ['default'] }), aCall());
    await settle(opened);
    await opened.perform(USERS);

    expect(await wrong(opened, undefined)).toEqual([]);
    expect(await opened.backfills.list(aCall())).toEqual([]);
  });

  it('that comes to more than a resource may take up leaves it as it was, and says so', async () => {
    const opened = await openDirectory(0);
    const large = await create(opened.store, aUser('large', { title: 't'.repeat(4_000), photos: PHOTOS }));
    await create(opened.store, aUser('small'));
    const copies = Array.from({ length: 40 }, (_, index) => ({ target: `copy${index}`, path: 'title' }));

    await opened.set({ User: copies });
    await settle(opened);
    await opened.perform(USERS);

    expect(await opened.rebuilds()).toMatchObject([{ state: 'done', seen: 2, changed: 1, stuck: 1, stuckIds: [large.id] }]);
    expect((await opened.store.load('User', large.id, {}, aCall()))?.resource).toEqual(large);
  });
});
