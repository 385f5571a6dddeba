import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { eventsOf, readPages } from '../support/event-pages.ts';
import { follow as followAll } from '../support/follow-events.ts';
import { openFollowed } from '../support/followed-directory.ts';
import { anyStep, FOLLOWED_TYPES } from '../support/followed-steps.ts';
import { runs } from '../support/property-runs.ts';

/** The machine may be busy; nothing here waits for a clock. */
jest.setTimeout(180_000);

type Followed = Awaited<ReturnType<typeof openFollowed>>;

const registryOf = async () => FOLLOWED_TYPES;

const openFollower = (followed: Followed): Promise<Endpoint> =>
  openEndpoint({
    principal: { scope: 'events' },
    openStore: async () => followed.opened,
    services: { registryOf },
    feed: { values: 'profile', registryOf },
  });

/** While each page is read, something is done; the log is told of it now or later. */
const anyMoment = fc.record({ step: anyStep, isTold: fc.boolean(), count: fc.integer({ min: 1, max: 6 }) });

describe('a snapshot, and the changes behind it', () => {
  it('are the directory, whatever is done while they are read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 10, maxLength: 15 }),
        fc.array(anyMoment, { minLength: 10, maxLength: 15 }),
        async (before, moments) => {
          const followed = await openFollowed();
          const follower = await openFollower(followed);
          for (const step of before) await followed.perform(step);
          const events: ChangeEvent[] = [];
          let cursor = '';

          for (const { step, isTold, count } of moments) {
            const [page] = await Promise.all([
              follower.send('GET', '/events', { query: { cursor, count: String(count) } }),
              followed.perform(step),
            ]);
            events.push(...eventsOf([page]));
            cursor = page.json.nextCursor;
            if (isTold) await followed.tell();
          }
          await followed.settle();
          await followed.tell();
          events.push(...eventsOf(await readPages(follower, { cursor })));

          expect(followAll(events)).toEqual(await followed.directory());
        },
      ),
      runs(4),
    );
  });
});
