import { AdminRefusal } from '../../../access/admin-refusal.ts';
import type { RequestOf } from '../../../access/admin-request.ts';
import { type Administered, eventOf } from '../../../access/administration.ts';
import type { StoreCall } from '../../ports.ts';
import type { FeedAdministration } from './administration.ts';
import type { PublishedEvents } from './answers.ts';
import { gather } from './gather.ts';
import { printPlace } from './place.ts';
import { select } from './select.ts';

/** Sent in one step, of which there are as many as are asked for. */
const STEP_EVENTS = 500;

/**
 * Sends events to the bus once more, one step of them: whoever follows the bus knows them by their ids.
 *
 * @throws {AdminRefusal} there is no bus, it did not take all, or it is not said from when on
 */
export async function publishEvents(
  feed: FeedAdministration,
  request: RequestOf<'events.publish'>,
  call: StoreCall,
): Promise<Administered<PublishedEvents>> {
  const { cursor, since, dryRun } = request;
  if ((cursor ?? since) === undefined)
    throw new AdminRefusal('Say from when on events are to be sent again: "since", or "cursor" to go on.');
  if (feed.bus === undefined && !dryRun)
    throw new AdminRefusal('There is no event bus here to send them to: whoever follows this feed reads it at "/events".');
  const selected = await select(feed, request, call);
  const { events, next, isEnd, hasGap } = await gather(feed, selected, STEP_EVENTS, call);
  if (!dryRun)
    await feed.bus?.publish(events).catch((cause: unknown) => {
      throw new AdminRefusal('The event bus did not take all of them: send them again. Whoever follows it skips what it knows.', { cause });
    });
  const { resourceId } = selected.about;
  return {
    result: {
      dryRun,
      published: events.length,
      cursor: printPlace(next),
      isEnd,
      hasGap,
      ...(resourceId !== undefined && { resourceId }),
    },
    event: eventOf(request, new Date(feed.now()), {
      ...selected.about,
      counts: { events: events.length },
      ...(cursor !== undefined && { continued: true }),
      ...(dryRun && { dryRun }),
    }),
  };
}
