import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Errand, FeedWork, StoreCall, Sweeper, Work, WorkDone } from '../../directory/ports.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import { number, text } from '../item.ts';
import { keyOf } from '../keys.ts';
import { membershipTypes } from '../membership-types.ts';
import { type Pace, REAL_PACE } from '../retry.ts';
import { conclude } from '../staged/conclude.ts';
import { TableClient } from '../table-client.ts';
import { ignoreSuperseded } from '../write.ts';
import { bringBack } from './bring-back.ts';
import { findForgotten } from './forgotten.ts';
import { inspect } from './inspect.ts';
import { planForget, SWEPT_TTL_SECONDS } from './plan-sweep.ts';
import { sweepRemoved } from './sweep-removed.ts';
import { sweepRenamed } from './sweep-renamed.ts';
import type { Progress, Sweeping } from './sweeping.ts';

export type SweeperOptions = Partial<Pace> & {
  /** As for the store: one that doesn't retry by itself. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly registry: Registry;
  /** What goes through all resources; whoever opens a sweeper without it leaves that to others. */
  readonly backfill?: (name: string, call: StoreCall) => Promise<WorkDone>;
  /** What is left to be told; likewise. */
  readonly tell?: (work: FeedWork, call: StoreCall) => Promise<WorkDone>;
};

/** Where a large change stands in the way: it may take as long, and longer to be undone where its author has died. */
const AGAIN_SECONDS = 20;
const LONGEST_DELAY_SECONDS = 900;

export function openSweeper({ client, tableName, registry, backfill = leaveIt, tell = leaveIt, ...given }: SweeperOptions): Sweeper {
  const pace = { ...REAL_PACE, ...given };
  const sweeping = { table: new TableClient(client, tableName, pace), types: membershipTypes(registry), pace };
  return {
    perform: (work, call) => {
      if (work.kind === 'backfill') return backfill(work.name, call);
      return isFeedWork(work) ? tell(work, call) : perform(sweeping, work, call);
    },
  };
}

const FEED_WORK: Readonly<Record<FeedWork['kind'], true>> = { publish: true, departures: true, announce: true, records: true };

export const isFeedWork = (work: Work): work is FeedWork => Object.hasOwn(FEED_WORK, work.kind);

const leaveIt = async (): Promise<WorkDone> => ({ rows: 0, left: [] });

async function perform(sweeping: Sweeping, work: Exclude<Work, FeedWork | { kind: 'backfill' }>, call: StoreCall): Promise<WorkDone> {
  switch (work.kind) {
    case 'sweep':
      return sweep(sweeping, work, call);
    case 'return': {
      const progress = await bringBack(sweeping, work, call);
      return leftOf(work, progress, progress.rows > 0 ? 0 : AGAIN_SECONDS);
    }
    case 'conclude': {
      const { rows, waitMs } = await conclude(sweeping, work.change, call);
      return { rows, left: waitMs === undefined ? [] : [later(work, waitMs / 1_000)] };
    }
    case 'requeue':
      return { rows: 0, left: (await findForgotten(sweeping, call)).errands };
    case 'inspect': {
      const { found, findings, isDone, from } = await inspect(sweeping, work.from, call);
      return {
        rows: 0,
        left: [...found, ...(from === undefined ? [] : [{ work: { ...work, from }, delaySeconds: 0 }])],
        ...(isDone && { findings }),
      };
    }
  }
}

/** Does what the outbox item says now, which may be something else than what the work was once asked for. */
async function sweep(sweeping: Sweeping, work: Work & { kind: 'sweep' }, call: StoreCall): Promise<WorkDone> {
  const { table, pace } = sweeping;
  const item = await table.get(keyOf.outbox(work.type, work.id), call);
  if (item === undefined) return { rows: 0, left: [] };
  if (item['ttl'] !== undefined) {
    const restMs = number(item, 'ttl') * 1_000 - pace.now();
    if (restMs >= -1_000) return { rows: 0, left: [later(work, restMs / 1_000 + 2)] };
    await ignoreSuperseded(table.execute({ writes: [planForget(work, pace.now())] }, call));
    return { rows: 0, left: [] };
  }
  const isRename = text(item, 'kind') === 'renamed';
  const progress = isRename ? await sweepRenamed(sweeping, work, item, work.from, call) : await sweepRemoved(sweeping, work, item, call);
  const { type, id } = work;
  if (progress.isDone) return { rows: progress.rows, left: [later({ kind: 'sweep', type, id }, SWEPT_TTL_SECONDS + 2)] };
  return leftOf(work, progress, isRename || progress.rows > 0 ? 0 : AGAIN_SECONDS);
}

const leftOf = (work: Work, { rows, isDone, from }: Progress, delaySeconds: number): WorkDone => ({
  rows,
  left: isDone ? [] : [{ work: { ...work, ...(from !== undefined && { from }) }, delaySeconds }],
});

const later = (work: Work, seconds: number): Errand => ({
  work,
  delaySeconds: Math.min(LONGEST_DELAY_SECONDS, Math.max(0, Math.ceil(seconds))),
});
