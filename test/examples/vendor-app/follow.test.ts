import { describe, expect, it } from '@jest/globals';
import { type DirectoryClient, openDirectoryClient } from '../../../examples/vendor-app/directory-client.ts';
import { follow } from '../../../examples/vendor-app/follow.ts';
import type { Patience } from '../../../examples/vendor-app/patience.ts';
import { Store } from '../../../examples/vendor-app/store.ts';
import { FakeDirectory, randomFrom } from '../../support/fake-directory.ts';
import { type FakeFeed, serveFeed } from '../../support/fake-feed.ts';
import { heldGroups, heldUsers } from '../../support/vendor-tables.ts';

const signal = new AbortController().signal;
const patience: Patience = { once: true, signal, say: () => {}, pause: async () => {} };

const openClient = ({ url }: FakeFeed): DirectoryClient => openDirectoryClient(url, 'a token', signal);

/** Between two pages the directory goes on; after so many, the application is ended. */
function whileChanging(client: DirectoryClient, pages: number, change: () => void): DirectoryClient {
  let left = pages;
  return {
    ...client,
    events: async (...words) => {
      if (left === 0) throw new TypeError('the application ends here');
      left -= 1;
      change();
      return client.events(...words);
    },
  };
}

describe('following the directory', () => {
  it.each([
    [1, 'profile'],
    [2, 'none'],
    [3, 'profile'],
    [4, 'none'],
  ] as const)('ends with what it has, whatever came between (seed %d, values %s)', async (seed, values) => {
    const random = randomFrom(seed);
    const directory = new FakeDirectory(random, values);
    await using feed = await serveFeed(directory, random);
    const change = () => {
      for (let count = random(6); count > 0; count -= 1) directory.change();
      directory.tell(random(8));
    };
    const store = new Store(':memory:');

    for (let round = 0; round < 30; round += 1) {
      if (round % 7 === 6) feed.forget(directory.log.length);
      await follow(whileChanging(openClient(feed), 10, change), store, patience, directory.now).catch(() => undefined);
    }
    directory.tell();
    await follow(openClient(feed), store, patience, directory.now);

    expect(heldUsers(store)).toEqual(directory.users());
    expect(heldGroups(store)).toEqual(directory.groups());
    expect(directory.groups().flatMap(({ members }) => members).length).toBeGreaterThan(5);
  });

  it('reads a resource once that has changed many times, and one that is gone not again', async () => {
    const directory = new FakeDirectory(randomFrom(5), 'none');
    await using feed = await serveFeed(directory, () => 1);
    const store = new Store(':memory:');
    await follow(openClient(feed), store, patience, directory.now);
    for (let count = 0; count < 200; count += 1) directory.change();
    directory.tell();

    await follow(openClient(feed), store, patience, directory.now);
    const asked = [...feed.asked].filter(([path]) => path !== '/events');
    await follow(openClient(feed), store, patience, directory.now);

    expect([...feed.asked].filter(([path]) => path !== '/events')).toEqual(asked);
    expect(heldUsers(store)).toEqual(directory.users());
  });
});
