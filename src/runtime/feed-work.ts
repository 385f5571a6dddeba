import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { EventBus } from '../directory/feed/ports.ts';
import { publishItem } from '../directory/feed/publish-item.ts';
import type { FeedWork, StoreCall, WorkDone } from '../directory/ports.ts';
import { announce } from '../dynamodb/feed/announce.ts';
import { tellDepartures } from '../dynamodb/feed/departures.ts';
import { makeUpFor } from '../dynamodb/feed/put-aside.ts';
import type { Telling } from '../dynamodb/feed/telling.ts';

export type FeedWorking = Telling & {
  /** Undefined where the tenant has none. */
  readonly bus: EventBus | undefined;
  readonly streams: Pick<DynamoDBStreamsClient, 'send'>;
};

/** The last step has this long to end, and what is left to be handed on. */
const RESERVE_MS = 5_000;

/** Does what is left to be told: all of it can be done twice, and goes on where it was left. */
export async function performFeedWork(working: FeedWorking, work: FeedWork, call: StoreCall): Promise<WorkDone> {
  const { bus, feed, values, pace, streams } = working;
  const hasTime = (): boolean => pace.now() < call.deadlineMs - RESERVE_MS;
  switch (work.kind) {
    case 'publish': {
      if (bus === undefined) return { rows: 0, left: [] };
      const { published, next } = await publishItem({ feed, bus, values, hasTime }, work, call);
      return { rows: published, left: next === undefined ? [] : [{ work: { kind: 'publish', ...next }, delaySeconds: 0 }] };
    }
    case 'departures':
      return leftOf(work, await tellDepartures(working, work, hasTime, call));
    case 'announce': {
      const { departures, ...announced } = await announce(working, work, hasTime, call);
      return departures ? { rows: announced.told, left: [{ work: departures, delaySeconds: 0 }] } : leftOf(work, announced);
    }
    case 'records':
      return { rows: 0, left: await makeUpFor(streams, work, hasTime) };
  }
}

const leftOf = (work: FeedWork, { told, isDone }: { readonly told: number; readonly isDone: boolean }): WorkDone => ({
  rows: told,
  left: isDone ? [] : [{ work, delaySeconds: 0 }],
});
