import type { RequestOf } from '../../../access/admin-request.ts';
import { type Administered, eventOf } from '../../../access/administration.ts';
import type { StoreCall } from '../../ports.ts';
import type { FeedAdministration } from './administration.ts';
import type { ToldEvents } from './answers.ts';
import { type Gathered, gather } from './gather.ts';
import { printPlace } from './place.ts';
import { type Selected, select } from './select.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** The request's last part, in which nothing more is waited for. */
const ANSWER_MS = 8_000;

/**
 * Shows what was told, as whoever follows the feed has read it, and waits for more where there is nothing.
 *
 * @throws {AdminRefusal} there is no such type or resource
 */
export async function readEvents(
  feed: FeedAdministration,
  request: RequestOf<'events.read'>,
  call: StoreCall,
): Promise<Administered<ToldEvents>> {
  const selected = await select(feed, request, call);
  const { events, next, isEnd, hasGap } = await gatherOrWait(feed, selected, request, call);
  const { resourceId } = selected.about;
  return {
    result: {
      events: events.map(({ paths, members, ...event }) => ({
        ...event,
        ...(paths && { paths: [...paths] }),
        ...(members && { members: [...members] }),
      })),
      cursor: printPlace(next),
      isEnd,
      hasGap,
      ...(resourceId !== undefined && { resourceId }),
    },
    event: eventOf(request, new Date(feed.now()), { ...selected.about, counts: { events: events.length } }),
  };
}

async function gatherOrWait(
  feed: FeedAdministration,
  selected: Selected,
  { count, waitSeconds }: RequestOf<'events.read'>,
  call: StoreCall,
): Promise<Gathered> {
  const untilMs = Math.min(feed.now() + waitSeconds * 1_000, call.deadlineMs - ANSWER_MS);
  let gathered = await gather(feed, selected, count, call);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const hasNews = gathered.events.length > 0 || gathered.hasGap || !gathered.isEnd;
    if (hasNews || selected.end !== undefined || feed.now() + pauseMs > untilMs) return gathered;
    await feed.pause(pauseMs);
    gathered = await gather(feed, { ...selected, from: gathered.next, isLate: false }, count, call);
  }
}
