import type { EVENT_ACTS } from '../../../src/access/acts/event-acts.ts';
import { announceResources } from '../../../src/directory/feed/operator/announce-resources.ts';
import { showFeedStatus } from '../../../src/directory/feed/operator/feed-status.ts';
import { publishEvents } from '../../../src/directory/feed/operator/publish-events.ts';
import { readEvents } from '../../../src/directory/feed/operator/read-events.ts';
import { redriveDeadLetters } from '../../../src/directory/feed/operator/redrive-dead-letters.ts';
import type { Performers } from './performer.ts';

export const EVENT_PERFORMERS: Performers<keyof typeof EVENT_ACTS> = {
  'events.read': async ({ openFeed }, asked, call) => readEvents(await openFeed(), asked, call),
  'events.publish': async ({ openFeed }, asked, call) => publishEvents(await openFeed(), asked, call),
  'events.announce': async ({ openFeed }, asked, call) => announceResources(await openFeed(), asked, call),
  'events.redrive': async ({ openFeed }, asked, call) => redriveDeadLetters(await openFeed(), asked, call),
  'events.status': async ({ openFeed }, asked, call) => showFeedStatus(await openFeed(), asked, call),
};
