import type { StoreCall } from '../../src/access/ports.ts';
import type { FeedEntry } from '../../src/directory/feed/ports.ts';
import { isOutOfReach } from '../../src/runtime/out-of-reach.ts';
import type { StreamServices, TableRecord } from '../../src/runtime/stream-services.ts';
import { type Poison, putAside } from './put-aside.ts';
import { sayWhy } from './say-why.ts';
import type { Taken } from './taken.ts';

type Refused = Poison & { readonly told: Told };
type Told = { readonly record: TableRecord; readonly entries: readonly FeedEntry[] };

/**
 * Writes down what changes of resources are told as, in the order of the changes, and then has those told that a group had
 * when it was removed: that may be many, and nobody else waits for it.
 */
export async function tellChanges(services: StreamServices, records: readonly TableRecord[], call: StoreCall): Promise<Taken> {
  const { translate, queue, resourceIn } = services;
  try {
    const translated = await translate(records, call);
    const poison = translated.flatMap((one, index) =>
      one.kind === 'poison' ? [{ error: one.error, work: announcementOf(resourceIn, records[index]) }] : [],
    );
    const told = translated.flatMap((one, index) =>
      one.kind === 'entries' && one.entries.length > 0 ? [{ record: records[index] ?? {}, entries: one.entries }] : [],
    );
    const refused = await append(services, told, call);
    await putAside(services, [...poison, ...refused], call);
    const isRefused = new Set(refused.map((each) => each.told));
    await queue.send(told.flatMap((each) => (isRefused.has(each) ? [] : each.entries.flatMap(departuresAfter))));
    return {
      counts: { changes: told.length, appended: told.flatMap(({ entries }) => entries).length, putAside: poison.length + refused.length },
    };
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    sayWhy(services, 'Changes could not be written to the log of events yet', error);
    return {
      failedAt: Math.max(
        0,
        records.findIndex((record) => resourceIn(record) !== undefined),
      ),
    };
  }
}

/** All at once, unless there is one that cannot be written: it is found by writing each by itself. */
async function append({ feed, resourceIn }: StreamServices, told: readonly Told[], call: StoreCall): Promise<readonly Refused[]> {
  const refused: Refused[] = [];
  try {
    await feed.append(
      told.flatMap(({ entries }) => entries),
      call,
    );
  } catch (error) {
    if (isOutOfReach(error)) throw error;
    for (const each of told) {
      await feed.append(each.entries, call).catch((reason: unknown) => {
        if (isOutOfReach(reason)) throw reason;
        refused.push({ error: reason, work: announcementOf(resourceIn, each.record), told: each });
      });
    }
  }
  return refused;
}

/** A later change of the resource tells of itself; until then, what the resource is now makes up for it. */
function announcementOf(resourceIn: StreamServices['resourceIn'], record: TableRecord = {}): Poison['work'] {
  const resource = resourceIn(record);
  return resource && { kind: 'announce', ...resource };
}

const departuresAfter = ({ type, resourceType, resourceId, version }: FeedEntry) =>
  type === 'group.removed' ? [{ work: { kind: 'departures', type: resourceType, id: resourceId, version } as const, delaySeconds: 0 }] : [];
