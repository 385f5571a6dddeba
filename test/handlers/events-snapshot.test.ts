import { describe, expect, it } from '@jest/globals';
import type { GroupMembers } from '../../src/directory/feed/ports.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { eventsOf, readPages } from '../support/event-pages.ts';
import { anEntry } from '../support/feed-entries.ts';
import { Follower } from '../support/follow-events.ts';
import { aCall } from '../support/store-call.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

type Open = Parameters<typeof openEndpoint>[0];

/** Two that share a table: a client that provisions, and an application that follows. */
async function openBoth(options: Open = {}): Promise<{ readonly client: Endpoint; readonly follower: Endpoint }> {
  const client = await openEndpoint();
  const follower = await openEndpoint({ principal: { scope: 'events' }, openStore: async () => client.table, ...options });
  return { client, follower };
}

async function post({ send }: Endpoint, path: string, body: object): Promise<string> {
  const { status, json } = await send('POST', path, { body });
  expect(status).toBe(201);
  return json.id;
}

const createUsers = async (client: Endpoint, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1)
    ids.push(await post(client, '/Users', { schemas: [USER], userName: `user-${number}`, title: 'Dr' }));
  return ids;
};

const createGroup = (client: Endpoint, displayName: string, members: readonly string[]): Promise<string> =>
  post(client, '/Groups', { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) });

describe('a snapshot', () => {
  it('tells users, then groups with their members, and leads on to the changes since it was begun', async () => {
    const { client, follower } = await openBoth();
    const [one, two] = await createUsers(client, 2);
    const group = await createGroup(client, 'Sales', [one ?? '']);

    const pages = await readPages(follower, { count: '1' });

    expect(eventsOf(pages)).toEqual([
      expect.objectContaining({ type: 'user.snapshot', resourceId: one, version: 1, part: 500_000, id: `${one}.1.500000`, active: true }),
      expect.objectContaining({ type: 'user.snapshot', resourceId: two }),
      expect.objectContaining({ type: 'group.snapshot', resourceId: group, version: 1, part: 500_000 }),
      expect.objectContaining({ type: 'members.added', resourceId: group, version: 1, part: 500_001, members: [one] }),
    ]);
    expect(pages.map(({ json }) => [json.phase, json.isUpToDate])).toEqual([...Array(5).fill(['snapshot', false]), ['changes', true]]);
  });

  it('of nothing ends at once', async () => {
    const { follower } = await openBoth();

    const pages = await readPages(follower, {});

    expect(pages.map(({ json }) => [json.phase, json.events, json.isUpToDate])).toEqual([
      ['snapshot', [], false],
      ['changes', [], true],
    ]);
  });

  it('holds no value unless the operator lets values out', async () => {
    const { client, follower } = await openBoth();
    const generous = await openEndpoint({
      principal: { scope: 'events' },
      openStore: async () => client.table,
      feed: { values: 'profile' },
    });
    await createUsers(client, 1);
    await createGroup(client, 'Sales', []);

    const [plain, told] = [eventsOf(await readPages(follower, {})), eventsOf(await readPages(generous, {}))];

    expect(JSON.stringify(plain)).not.toMatch(/user-0|Dr|Sales/);
    expect(told.map(({ profile }) => profile)).toEqual([{ userName: 'user-0', title: 'Dr' }, { displayName: 'Sales' }]);
  });

  it('leaves out types that the application is not served', async () => {
    const { client, follower } = await openBoth({ policy: { resourceTypes: ['Group'] } });
    const [user = ''] = await createUsers(client, 1);
    await createGroup(client, 'Sales', [user]);

    const events = eventsOf(await readPages(follower, {}));

    expect(events.map(({ type }) => type)).toEqual(['group.snapshot', 'members.added']);
  });

  it('goes on past a group that is removed while its members are told', async () => {
    const { client, follower } = await openBoth();
    const users = await createUsers(client, 2);
    const group = await createGroup(client, 'Sales', users);
    const other = await createGroup(client, 'Support', []);
    let isRemoved = false;

    const pages = await readPages(follower, { count: '3' }, async () => {
      if (!isRemoved) await client.send('DELETE', `/Groups/${group}`);
      isRemoved = true;
    });

    expect(eventsOf(pages).map(({ type, resourceId }) => [type, resourceId])).toEqual([
      ...users.map((id) => ['user.snapshot', id]),
      ['group.snapshot', group],
      ['group.snapshot', other],
    ]);
  });

  it('gets on page by page where none of the members it reads count any more, however many they are', async () => {
    const PARTS = 40;
    const id = '00000000-0000-7000-8000-000000000000';
    let [nowMs, parts] = [Date.now(), 0];
    const read: GroupMembers['read'] = async () => {
      nowMs += 1_000;
      parts += 1;
      return { ids: [], seen: id, isLast: parts >= PARTS };
    };
    const { client, follower } = await openBoth({ feed: { members: { read }, clock: () => nowMs } });
    await createGroup(client, 'Sales', []);
    const readOfPages: number[] = [];

    const pages = await readPages(follower, { count: '100' }, async () => {
      readOfPages.push(parts);
    });

    expect(eventsOf(pages).map(({ type }) => type)).toEqual(['group.snapshot']);
    expect(parts).toBe(PARTS);
    expect(readOfPages[0]).toBeLessThan(10);
  });

  it('and the changes behind it are the directory, whatever is written between the pages', async () => {
    const { client, follower } = await openBoth();
    const writer = new Writer(client, follower);
    for (let step = 0; step < 30; step += 1) await writer.write(step);
    const followed = new Follower();

    const pages = [
      ...(await readPages(follower, { count: '3' }, async ({ json }) => {
        for (let step = 0; step < 2 && writer.steps < 90; step += 1) await writer.write(writer.steps);
        if (json.phase === 'changes') await writer.announce();
      })),
    ];
    await writer.announce();
    pages.push(...(await readPages(follower, { cursor: pages.at(-1)?.json.nextCursor })));
    for (const { json } of pages) for (const event of json.events) followed.take(event, json.phase);

    expect(followed.directory()).toEqual(await directoryOf(client));
  });
});

/** Writes, and tells the log of it some time later, as the table's stream does. */
class Writer {
  steps = 0;
  readonly #client: Endpoint;
  readonly #follower: Endpoint;
  readonly #users: string[] = [];
  readonly #groups: string[] = [];
  readonly #untold: Parameters<typeof anEntry>[0][] = [];

  constructor(client: Endpoint, follower: Endpoint) {
    this.#client = client;
    this.#follower = follower;
  }

  async write(step: number): Promise<void> {
    this.steps += 1;
    const [user, group] = [this.#users[(step * 7) % this.#users.length], this.#groups[(step * 5) % this.#groups.length]];
    if (step % 9 === 8 && user) return this.#remove('User', user, this.#users);
    if (step % 17 === 16 && group) return this.#remove('Group', group, this.#groups);
    if (step % 6 === 5) return this.#createGroup(step);
    if (step % 2 === 0 || !user || !group) return this.#createUser(step);
    return this.#changeMember(step, group, user);
  }

  async announce(): Promise<void> {
    const untold = this.#untold.splice(0);
    if (untold.length > 0) await this.#follower.feed.log.append(untold.map(anEntry), aCall());
  }

  async #createUser(step: number): Promise<void> {
    const id = await post(this.#client, '/Users', { schemas: [USER], userName: `written-${step}` });
    this.#users.push(id);
    this.#untold.push({ resourceId: id });
  }

  async #createGroup(step: number): Promise<void> {
    const members = this.#users.slice(0, 4);
    const id = await createGroup(this.#client, `group-${step}`, members);
    this.#groups.push(id);
    const about = { resourceType: 'Group', resourceId: id };
    this.#untold.push({ ...about, type: 'group.created' }, { ...about, type: 'members.added', part: 1, members });
  }

  async #changeMember(step: number, group: string, user: string): Promise<void> {
    const isAdded = step % 3 !== 0;
    const operation = isAdded
      ? { op: 'add', path: 'members', value: [{ value: user }] }
      : { op: 'remove', path: `members[value eq "${user}"]` };
    const Operations = [operation];
    const before = await this.#versionOf('Group', group);
    await this.#client.send('PATCH', `/Groups/${group}`, {
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
    });
    const version = await this.#versionOf('Group', group);
    const about = { resourceType: 'Group', resourceId: group, version, members: [user] };
    if (version > before) this.#untold.push({ ...about, type: isAdded ? 'members.added' : 'members.removed' });
  }

  async #remove(type: 'User' | 'Group', id: string, from: string[]): Promise<void> {
    const version = (await this.#versionOf(type, id)) + 1;
    await this.#client.send('DELETE', `/${type}s/${id}`);
    from.splice(from.indexOf(id), 1);
    this.#untold.push({ type: type === 'User' ? 'user.removed' : 'group.removed', resourceType: type, resourceId: id, version });
  }

  async #versionOf(type: string, id: string): Promise<number> {
    const loaded = await this.#client.table.store.load(type, id, {}, aCall());
    return loaded?.resource.version ?? 0;
  }
}

async function directoryOf({ table: { store } }: Endpoint): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const type of ['User', 'Group']) {
    for await (const loaded of store.scan(type, { members: true }, aCall()))
      for (const { resource, members = [] } of loaded) found.set(resource.id, members.map(({ value }) => value).sort());
  }
  return found;
}
