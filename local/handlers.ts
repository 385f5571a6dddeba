import { randomUUID } from 'node:crypto';
import type { StreamAnswer, StreamEvent } from '../lambdas/stream/take-batch.ts';
import type { Message } from './background/message.ts';
import type { Handlers } from './gateway/gateway.ts';
import { lambdaContext } from './lambda-context.ts';

export type Functions = {
  readonly http: Handlers;
  readonly admin: (request: unknown) => Promise<unknown>;
  readonly stream: StreamHandler;
  readonly sweeper: (message: Message) => Promise<void>;
};

type StreamHandler = (event: StreamEvent) => Promise<StreamAnswer>;

/** Shorter than in the stack: the server waits for it when it is stopped. */
const SWEEPER_TIMEOUT_MS = 10_000;

/** Loads the functions as they are deployed. They read their environment while they load, so it has to be set before. */
export async function loadFunctions(): Promise<Functions> {
  const [users, groups, bulk, discovery, token, events, catchAll, admin, stream, sweeper] = await Promise.all([
    import('../lambdas/users/handler.ts'),
    import('../lambdas/groups/handler.ts'),
    import('../lambdas/bulk/handler.ts'),
    import('../lambdas/discovery/handler.ts'),
    import('../lambdas/token/handler.ts'),
    import('../lambdas/events/handler.ts'),
    import('../lambdas/catch-all/handler.ts'),
    import('../lambdas/admin/handler.ts'),
    import('../lambdas/stream/handler.ts'),
    import('../lambdas/sweeper/handler.ts'),
  ]);
  return {
    http: {
      users: users.handler,
      groups: groups.handler,
      bulk: bulk.handler,
      discovery: discovery.handler,
      token: token.handler,
      events: events.handler,
      'catch-all': catchAll.handler,
    },
    admin: (request) => admin.handler(request, lambdaContext('admin', randomUUID(), Date.now)),
    stream: (event) => stream.handler(event, lambdaContext('stream', randomUUID(), Date.now)),
    sweeper: (message) =>
      sweeper.handler({ Records: [{ body: message.body }] }, lambdaContext('sweeper', message.id, Date.now, SWEEPER_TIMEOUT_MS)),
  };
}
