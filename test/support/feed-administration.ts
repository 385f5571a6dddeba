import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import type { FeedAdministration } from '../../src/directory/feed/operator/administration.ts';
import type { DeadLetter, FeedEntry, FeedLog } from '../../src/directory/feed/ports.ts';
import type { Errand } from '../../src/directory/ports.ts';
import { openFeedLog } from '../../src/dynamodb/feed/log.ts';
import { aCall } from './store-call.ts';
import type { TestStore } from './store-open.ts';

/** For tests of acts on anything but the feed of events. */
export const noFeed = (): Promise<FeedAdministration> => Promise.reject(new TypeError('this test has no feed'));

/** What lies around the log of events, in memory: what was sent to the bus and into the queue, and what was put aside. */
export function aFeed(open: FeedAdministration['open'], { client, tableName }: TestStore, now: () => number = Date.now) {
  const published: ChangeEvent[] = [];
  const errands: Errand[] = [];
  const aside: DeadLetter[] = [];
  let pausedMs = 0;
  const hidden = new Set<DeadLetter>();
  const log: FeedLog = openFeedLog({ client, tableName, tenant: 'example', retentionDays: 30, now });
  const world = {
    published,
    errands,
    aside,
    /** What happens while the function waits. */
    onPause: async (): Promise<void> => undefined,
    isBusDown: false,
    append: (entries: readonly FeedEntry[]) => log.append(entries, aCall()),
  };
  const feed: FeedAdministration = {
    log,
    bus: {
      name: 'scim-example',
      publish: async (events) => {
        if (world.isBusDown) throw new Error('no bus');
        published.push(...events);
      },
    },
    queue: { send: async (sent) => void errands.push(...sent) },
    deadLetters: {
      count: async () => aside.length,
      take: async () => {
        const taken = aside.filter((letter) => !hidden.has(letter)).slice(0, 10);
        for (const letter of taken) hidden.add(letter);
        return taken;
      },
      release: async (letters) => {
        for (const letter of letters) hidden.delete(letter);
      },
      sendBack: async (letters) => {
        for (const letter of letters) aside.splice(aside.indexOf(letter), 1);
      },
    },
    open,
    settings: { values: 'none', retentionDays: 30 },
    now: () => now() + pausedMs,
    /** Takes no time but by this clock. */
    pause: async (ms) => {
      pausedMs += ms;
      await world.onPause();
    },
  };
  return { feed, world };
}
