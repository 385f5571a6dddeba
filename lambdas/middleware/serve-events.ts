import { authorise } from '../../src/access/authorise.ts';
import { parseFeedQuery } from '../../src/directory/feed/feed-query.ts';
import { type Feed, readFeed } from '../../src/directory/feed/read-feed.ts';
import type { ScimAnswer, ScimRequest, Serve } from './exchange.ts';

/** Serves `/events`: the directory as it is, and then what happens to it. */
export const serveEvents =
  (feed: Feed): Serve =>
  (request) =>
    request.target.kind === 'events' ? answerEvents(feed, request) : undefined;

async function answerEvents(feed: Feed, { parameters, registry, context }: ScimRequest): Promise<ScimAnswer> {
  const { policy, principal } = context;
  const types = registry.filter(({ name }) => authorise(policy, principal.scope, { action: 'read', resourceType: name }) !== 'empty');
  const { phase, events, nextCursor, isUpToDate } = await readFeed(feed, context, types, parseFeedQuery(parameters, context.now));
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: { phase, events: [...events], nextCursor, isUpToDate } };
}
