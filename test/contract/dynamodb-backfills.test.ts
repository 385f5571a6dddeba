import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, jest } from '@jest/globals';
import { SETTLE_MS } from '../../src/directory/backfill/perform-backfill.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { aPurpose, openBackfills, TITLES, titleEntries } from '../support/backfills.ts';
import { drain } from '../support/drain.ts';
import { openTestClient } from '../support/dynamodb-client.ts';
import { injectFaults } from '../support/dynamodb-faults.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aUser, create, creation, deletion, update } from '../support/store-resources.ts';

jest.setTimeout(60_000);

const NAME = aPurpose().name;

/** Of three users, two have a title. */
async function openWithUsers(count: number) {
  const opened = await openTestStore();
  const users: StoredResource[] = [];
  for (let start = 0; start < count; start += 10) {
    const some = Array.from({ length: Math.min(10, count - start) }, (_, index) => {
      const number = start + index;
      return aUser(`user.${number}`, number % 3 === 0 ? {} : { title: `title ${number % 7}` });
    });
    users.push(...(await Promise.all(some.map((user) => create(opened.store, user)))));
  }
  return { ...opened, users };
}

type Opened = Awaited<ReturnType<typeof openWithUsers>>;

async function settled(opened: TestStore, task = TITLES) {
  const worker = openBackfills(opened, task);
  await worker.announce();
  await worker.perform();
  worker.clock.nowMs += SETTLE_MS;
  return worker;
}

/** Users by what they are found by, and by what they hold: the two must be the same. */
async function found({ client, tableName }: TestStore): Promise<readonly string[]> {
  const rows = await readTable(client, tableName);
  return rows.flatMap(({ pk, sk }) => {
    const title = /^Lookup#User#title#(.*)$/.exec(pk?.S ?? '')?.[1];
    return title === undefined ? [] : [`${title} ${sk?.S}`];
  });
}

async function held({ store }: TestStore): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const chunk of store.scan('User', {}, aCall())) {
    all.push(...chunk.flatMap(({ resource }) => titleEntries(resource).map(({ value }) => `${value} ${resource.id}`)));
  }
  return all;
}

const sorted = (values: readonly string[]) => values.toSorted();

describe('a backfill', () => {
  it('waits until every function has heard, then goes through all resources and says how it went', async () => {
    const opened = await openWithUsers(25);
    const worker = openBackfills(opened);
    await worker.announce();

    const first = await worker.perform();
    const early = await worker.perform();
    const before = await found(opened);
    worker.clock.nowMs += SETTLE_MS;
    const done = await worker.perform();

    expect(first.left).toEqual([{ work: { kind: 'backfill', name: NAME }, delaySeconds: SETTLE_MS / 1_000 }]);
    expect(early.left).toEqual(first.left);
    expect(before).toEqual([]);
    expect(done).toEqual({ rows: 16, left: [] });
    expect(sorted(await found(opened))).toEqual(sorted(await held(opened)));
    expect(await worker.backfills.read(NAME, aCall())).toMatchObject({
      total: 25,
      seen: 25,
      changed: 16,
      stuck: 0,
      finishedAt: expect.any(String),
    });
  });

  it('ends at once where there is nothing to go through', async () => {
    const opened = await openTestStore();

    const done = await (await settled(opened)).perform();

    expect(done).toEqual({ rows: 0, left: [] });
  });

  it('hands on what there was no time for, and never goes back', async () => {
    const opened = await openWithUsers(450);
    const worker = await settled(opened);
    const seen: number[] = [];

    for (let left = 1; left > 0; ) {
      left = (await worker.perform({ looks: 2 })).left.length;
      seen.push((await worker.backfills.read(NAME, aCall()))?.seen ?? 0);
    }

    expect(seen).toEqual([200, 400, 450]);
    expect(sorted(await found(opened))).toEqual(sorted(await held(opened)));
  });

  it('is found and gone on with where the hand-over was lost', async () => {
    const opened = await openWithUsers(5);
    const worker = await settled(opened);
    const performed: string[] = [];
    const requeue = () => drain(opened, { backfill: async (name) => ({ rows: performed.push(name), left: [] }) });

    await requeue();
    await worker.perform();
    await requeue();

    expect(performed).toEqual([NAME]);
  });

  it('is forgotten where nobody wants it any more', async () => {
    const opened = await openWithUsers(1);
    const worker = openBackfills(opened, 'no longer wanted');
    await worker.announce();

    await worker.perform();

    expect(await worker.backfills.list(aCall())).toEqual([]);
  });

  it('takes no step once a later one of its name has come', async () => {
    const opened = await openWithUsers(5);
    const worker = await settled(opened);
    const read = await worker.backfills.read(NAME, aCall());
    if (read === undefined) throw new TypeError('it was announced');
    const taken = await worker.backfills.take(read, 'slow', aCall());
    await worker.announce(aPurpose({ revision: 'second' }));

    const late = worker.backfills.step(taken, opened.users.map(TITLES.renew), aCall());

    await expect(late).rejects.toMatchObject({ name: 'Overtaken' });
    await expect(worker.backfills.end(taken, 'forgotten', aCall())).rejects.toMatchObject({ name: 'Overtaken' });
    expect(await found(opened)).toEqual([]);
    expect(await worker.backfills.list(aCall())).toMatchObject([{ revision: 'second', seen: 0 }]);
  });

  it('is one worker at a time: the one that took it last', async () => {
    const opened = await openWithUsers(450);
    const worker = await settled(opened);

    const both = await Promise.all([worker.perform(), worker.perform()]);
    if (both.every(({ left }) => left.length === 0)) await worker.perform();

    expect(await worker.backfills.read(NAME, aCall())).toMatchObject({ seen: 450, changed: 300, finishedAt: expect.any(String) });
    expect(sorted(await found(opened))).toEqual(sorted(await held(opened)));
  });

  it('counts and names what cannot be done, and does the rest', async () => {
    const opened = await openWithUsers(4);
    const entries = Array.from({ length: 91 }, (_, index) => ({ attribute: 'title', value: `${index}` }));
    const many = opened.users[1]?.id;
    const renew: typeof TITLES.renew = (resource) => ({
      ...TITLES.renew(resource),
      ...(resource.id === many && { entriesAfter: { unique: [], lookup: entries } }),
    });
    const worker = await settled(opened, { ...TITLES, renew });

    await worker.perform();

    expect(await worker.backfills.read(NAME, aCall())).toMatchObject({ seen: 4, changed: 1, stuck: 1, stuckIds: [many] });
    expect(await found(opened)).toHaveLength(1);
  });

  it('leaves version, times and last change as they are, and writes what else differs in the row', async () => {
    const opened = await openWithUsers(2);
    const [, user] = opened.users;
    if (user === undefined) throw new TypeError('no user');
    const renew: typeof TITLES.renew = (resource) => ({ ...TITLES.renew(resource), after: { ...resource, createdAs: 'derived' } });
    const worker = await settled(opened, { ...TITLES, renew });

    await worker.perform();

    expect((await opened.store.load('User', user.id, {}, aCall()))?.resource).toEqual({ ...user, createdAs: 'derived' });
  });
});

describe('clients that write while a backfill goes on', () => {
  /** As a use case of theirs does: it knows what the resource is found by before and after. */
  const retitle = async ({ store }: TestStore, id: string, title: string) => {
    const before = (await store.load('User', id, {}, aCall()))?.resource;
    if (before === undefined) return;
    const after = { ...before, attributes: { ...before.attributes, title } };
    await store
      .commit(
        update(before, after, {
          entriesBefore: { unique: [], lookup: titleEntries(before) },
          entriesAfter: { unique: [], lookup: titleEntries(after) },
        }),
        aCall(),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'StaleRead') throw error;
      });
  };

  const remove = async ({ store }: TestStore, id: string) => {
    const before = (await store.load('User', id, {}, aCall()))?.resource;
    if (before === undefined) return;
    const entries = { ...deletion(before).entries, lookup: titleEntries(before) };
    await store.commit({ ...deletion(before), entries }, aCall()).catch(() => undefined);
  };

  const bring = ({ store }: TestStore, index: number) => {
    const user = aUser(`late.${index}`, { title: `late ${index % 5}` });
    const change = creation(user);
    return store.commit({ ...change, entries: { ...change.entries, lookup: titleEntries(user) } }, aCall());
  };

  const writeOnce = async (opened: Opened, index: number) => {
    const id = opened.users[(index * 37) % opened.users.length]?.id ?? '';
    if (index % 20 === 0) await remove(opened, id);
    else if (index % 5 === 0) await bring(opened, index);
    else await retitle(opened, id, `changed ${index % 50}`);
  };

  it('win, and every user is found by what it holds in the end', async () => {
    const opened = await openWithUsers(2_000);
    const worker = await settled(opened);
    let [isOver, index] = [false, 0];
    const write = async () => {
      while (!isOver && index < 4_000) {
        index += 1;
        await writeOnce(opened, index);
      }
    };
    const writers = [write(), write(), write()];
    const seen: number[] = [];

    for (let [left, pieces] = [1, 0]; left > 0 && pieces < 400; pieces += 1) {
      left = (await worker.perform({ looks: 4 })).left.length;
      seen.push((await worker.backfills.read(NAME, aCall()))?.seen ?? 0);
    }
    isOver = true;
    await Promise.all(writers);

    expect(index).toBeGreaterThan(20);
    expect(await worker.backfills.read(NAME, aCall())).toMatchObject({ finishedAt: expect.any(String) });
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(sorted(await found(opened))).toEqual(sorted(await held(opened)));
    expect(contradictions(await readTable(opened.client, opened.tableName))).toEqual([]);
  });
});

describe('a worker that dies before or after any of its calls', () => {
  const dieAt = (client: DynamoDBClient, at: number, isDone: boolean) => {
    let calls = 0;
    injectFaults(client, () => {
      calls += 1;
      return calls < at ? undefined : { error: new TypeError('the end'), isDone: isDone && calls === at };
    });
    return () => calls >= at;
  };

  it('leaves a backfill that the next one ends as if nothing had been', async () => {
    let points = 0;
    for (let [at, isAlive] = [1, false]; !isAlive && at < 50; at += 1) {
      for (const isDone of [false, true]) {
        const opened = await openWithUsers(7);
        await settled(opened);
        const client = openTestClient();
        const mortal = openBackfills({ ...opened, client });
        mortal.clock.nowMs += SETTLE_MS;
        const isDead = dieAt(client, at, isDone);

        await mortal.perform({ page: 2 }).catch(() => undefined);
        isAlive = !isDead();
        points += 1;
        const next = openBackfills(opened);
        next.clock.nowMs += 2 * SETTLE_MS;
        await next.perform();

        expect(await next.backfills.read(NAME, aCall())).toMatchObject({ seen: 7, changed: 4, finishedAt: expect.any(String) });
        expect(sorted(await found(opened))).toEqual(sorted(await held(opened)));
      }
    }

    expect(points).toBeGreaterThan(20);
  });
});
