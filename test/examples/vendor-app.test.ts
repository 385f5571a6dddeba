import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { applyPage } from '../../examples/vendor-app/apply.ts';
import { openDirectoryClient } from '../../examples/vendor-app/directory-client.ts';
import { Store } from '../../examples/vendor-app/store.ts';
import { FakeDirectory, randomFrom } from '../support/fake-directory.ts';
import { type FakeFeed, serveFeed } from '../support/fake-feed.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { heldGroups, heldUsers } from '../support/vendor-tables.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'examples', 'vendor-app', 'main.ts');

function start(variables: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...words], { env: { PATH: process.env['PATH'], ...variables }, stdio: 'pipe' });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(child, 'close').then(() => ({ status: child.exitCode, printed: Buffer.concat(chunks).toString('utf8') }));
  return { child, ended };
}

/** Node options by which a process ends, as by kill -9, when it is about to commit once more than so often. */
const dyingBehind = (commits: number): string => {
  const code = `import { DatabaseSync } from 'node:sqlite';
    const { exec } = DatabaseSync.prototype;
    let left = ${commits};
    DatabaseSync.prototype.exec = function (sql) {
      if (sql === 'COMMIT' && left-- === 0) process.kill(process.pid, 'SIGKILL');
      return exec.call(this, sql);
    };`;
  return `--import data:text/javascript,${encodeURIComponent(code)}`;
};

const heldIn = (store: Store) =>
  ['SELECT * FROM users', 'SELECT * FROM groups', 'SELECT * FROM memberships', 'SELECT cursor, phase FROM place'].map((sql) =>
    store.all(sql),
  );

/** What there is to have, behind so many pages. */
async function storeBehind({ url }: FakeFeed, pages: number): Promise<Store> {
  const store = new Store(':memory:');
  const client = openDirectoryClient(url, 'a token', new AbortController().signal);
  for (let page = 0; page < pages; page += 1) applyPage(store, await client.events(store.place().cursor, 0), new Date());
  return store;
}

describe('the vendor application', () => {
  it('has taken nothing of a page, and is where it was, if it dies between applying it and the commit', async () => {
    const directory = new FakeDirectory(randomFrom(3), 'profile');
    for (let count = 0; count < 60; count += 1) directory.change();
    directory.tell();
    await using feed = await serveFeed(directory, () => 1);
    await using folder = await temporaryFolder();
    const variables = { TENANT_URL: feed.url, TOKEN: 'a token', DATABASE: join(folder.path, 'vendor.db') };
    const dieBehind = async (commits: number) => {
      const { child, ended } = start({ ...variables, NODE_OPTIONS: dyingBehind(commits) });
      await ended;
      return { signal: child.signalCode, held: heldIn(new Store(variables.DATABASE)) };
    };

    const first = await dieBehind(1);
    const again = await dieBehind(2);
    const { status } = await start(variables, '--once').ended;

    expect(first).toEqual({ signal: 'SIGKILL', held: heldIn(await storeBehind(feed, 1)) });
    expect(again).toEqual({ signal: 'SIGKILL', held: heldIn(await storeBehind(feed, 3)) });
    const store = new Store(variables.DATABASE);
    expect([status, heldUsers(store), heldGroups(store)]).toEqual([0, directory.users(), directory.groups()]);
    store.close();
  });

  it('ends with what the directory has, killed again and again', async () => {
    const random = randomFrom(7);
    const directory = new FakeDirectory(random, 'profile');
    await using feed = await serveFeed(directory, random);
    await using folder = await temporaryFolder();
    const variables = { TENANT_URL: feed.url, TOKEN: 'a token', DATABASE: join(folder.path, 'vendor.db') };
    const timer = setInterval(() => {
      directory.change();
      directory.tell(random(4));
    }, 5);

    for (let round = 0; round < 5; round += 1) {
      const { child, ended } = start(variables);
      await sleep(150 + random(300));
      child.kill('SIGKILL');
      await ended;
    }
    clearInterval(timer);
    directory.tell();
    const { status, printed } = await start(variables, '--once').ended;

    const store = new Store(variables.DATABASE);
    expect([status, printed]).toEqual([0, expect.stringContaining(`${directory.users().length} users`)]);
    expect(heldUsers(store)).toEqual(directory.users());
    expect(heldGroups(store)).toEqual(directory.groups());
    store.close();
  });

  it('says what to do about a token that is refused, and ends with 1', async () => {
    await using feed = await serveFeed(new FakeDirectory(randomFrom(8), 'none'), () => 1);
    feed.refusals.push({ status: 401 });

    const { status, printed } = await start({ TENANT_URL: feed.url, TOKEN: 'a token', DATABASE: ':memory:' }, '--once').ended;

    expect([status, printed]).toEqual([1, expect.stringContaining('--scope events')]);
  });

  it.each([{}, { TENANT_URL: 'example.com', TOKEN: 'a token' }])('says what it needs to be told (%j)', async (variables) => {
    expect(await start(variables).ended).toEqual({ status: 2, printed: expect.stringContaining('Set TENANT_URL') });
  });

  it('says in a line which option or database it cannot take', async () => {
    const variables = { TENANT_URL: 'http://127.0.0.1:1', TOKEN: 'a token', DATABASE: '/no/folder/app.db' };

    const [option, database] = await Promise.all([start(variables, '--onse').ended, start(variables, '--once').ended]);

    expect(option).toEqual({ status: 2, printed: expect.stringMatching(/^main\.ts: .*--onse.*\n$/) });
    expect(database).toEqual({ status: 2, printed: expect.stringMatching(/^DATABASE \/no\/folder\/app\.db: .*\n$/) });
  });

  it('follows though the port to show its tables on is taken, and says so', async () => {
    await using feed = await serveFeed(new FakeDirectory(randomFrom(8), 'none'), () => 1);
    const { port } = new URL(feed.url);

    const { status, printed } = await start({ TENANT_URL: feed.url, TOKEN: 'a token', DATABASE: ':memory:', PORT: port }, '--once').ended;

    expect([status, printed]).toEqual([0, expect.stringContaining(`PORT ${port} shows nothing`)]);
  });
});
