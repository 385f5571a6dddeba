import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Store } from '../../examples/vendor-app/store.ts';
import { FakeDirectory, randomFrom } from '../support/fake-directory.ts';
import { serveFeed } from '../support/fake-feed.ts';
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
      const store = new Store(variables.DATABASE);
      const held = ['users', 'groups', 'memberships', 'place'].map((table) => store.all(`SELECT * FROM ${table}`));
      store.close();
      return { signal: child.signalCode, held };
    };

    const first = await dieBehind(2);
    const again = await dieBehind(0);
    const { status } = await start(variables, '--once').ended;

    const store = new Store(variables.DATABASE);
    expect(first).toEqual({
      signal: 'SIGKILL',
      held: [expect.arrayContaining([expect.anything()]), expect.anything(), expect.anything(), expect.anything()],
    });
    expect(again).toEqual(first);
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

  it('says what it needs to be told', async () => {
    expect(await start({}).ended).toEqual({ status: 2, printed: expect.stringContaining('Set TENANT_URL') });
  });
});
