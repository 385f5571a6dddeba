import { authorise } from '../../src/access/authorise.ts';
import { parseFeedQuery } from '../../src/directory/feed/feed-query.ts';
import { type Feed, readFeed } from '../../src/directory/feed/read-feed.ts';
import type { ScimAnswer, ScimRequest, Serve } from './exchange.ts';

/** Serves `/events`: the directory as it is, and then what happens to it. */
export const serveEvents =
  (feed: Feed): Serve =>
  (request) =>
    request.target.kind === 'events' ? answerEvents(feed, request) : undefined;

async function answerEvents(feed: Feed, { parameters, context }: ScimRequest): Promise<ScimAnswer> {
  const { policy, principal } = context;
  const isServed = (resourceType: string): boolean => authorise(policy, principal.scope, { action: 'read', resourceType }) !== 'empty';
  const { phase, events, nextCursor, isUpToDate } = await readFeed(feed, context, isServed, parseFeedQuery(parameters, context.now));
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: { phase, events: [...events], nextCursor, isUpToDate } };
}
