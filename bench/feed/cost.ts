import type { EventValues } from '../../src/directory/feed/state.ts';
import { readTable, sizeOf } from '../../test/support/dynamodb-table.ts';
import type { Answer } from '../../test/support/endpoint.ts';
import { type FeedScene, openFeedScene } from '../../test/support/feed-scene.ts';
import { aCall } from '../../test/support/store-call.ts';
import { fillMembers, fillResources } from '../support/fill.ts';
import { asMember, inventedGroup, inventedUser, STAMP } from '../support/invented.ts';
import { addedMembers, aUser, patchOf, replaced } from '../support/messages.ts';

/** What the feed adds to one change: by the stream function, and the worker where there is more to tell. */
export type FeedCost = {
  readonly change: string;
  readonly values: EventValues;
  readonly invocations: number;
  readonly errands: number;
  readonly events: number;
  readonly logItems: number;
  readonly logBytes: number;
  readonly writeUnits: number;
  readonly readUnits: number;
};

const MEMBERS = 1_000;

const FIRST = { type: 'user.updated', resourceType: 'User', resourceId: 'first', version: 1, part: 0, time: STAMP.at } as const;

type Change = (scene: FeedScene, directory: Directory) => Promise<Answer>;
type Directory = { readonly ids: readonly string[]; readonly small: string; readonly large: string };

const CHANGES: Readonly<Record<string, Change>> = {
  'create a user': ({ endpoint }) => endpoint.send('POST', '/Users', { body: aUser('new@example.com', { displayName: 'New' }) }),
  'PATCH a user': ({ endpoint }, { ids }) => endpoint.send('PATCH', `/Users/${ids[0]}`, { body: patchOf(replaced('title', 'Dr')) }),
  'DELETE a user': ({ endpoint }, { ids }) => endpoint.send('DELETE', `/Users/${ids[0]}`),
  'add a member': ({ endpoint }, { ids, small }) =>
    endpoint.send('PATCH', `/Groups/${small}`, { body: patchOf(addedMembers(ids[1] ?? '')) }),
  'add 300 members': ({ endpoint }, { ids, small }) =>
    endpoint.send('PATCH', `/Groups/${small}`, { body: patchOf(addedMembers(...ids.slice(1, 301))) }),
  'DELETE a group of 1,000': ({ endpoint }, { large }) => endpoint.send('DELETE', `/Groups/${large}`),
};

/** Each in a directory of its own: a thousand users who are all in one group, and a group of none. */
export async function measureCosts(values: EventValues): Promise<readonly FeedCost[]> {
  const costs: FeedCost[] = [];
  for (const [name, change] of Object.entries(CHANGES)) costs.push(await measure(name, change, values));
  return costs;
}

async function measure(change: string, perform: Change, values: EventValues): Promise<FeedCost> {
  const isOfMany = /00/.test(change);
  const users = Array.from({ length: isOfMany ? MEMBERS + 1 : 2 }, (_, n) => inventedUser(n));
  const [small, large] = [inventedGroup(0), inventedGroup(1)];
  const scene = await openFeedScene({
    values,
    fill: async (table) => {
      await fillResources(table, [...users, small, large], STAMP);
      if (change.startsWith('DELETE a group')) await fillMembers(table, large, users.slice(1).map(asMember));
    },
  });
  // The first item costs a look for the end of the log; what comes behind it does not.
  await scene.feed.append([FIRST], aCall());
  await settle(scene);
  const [before, lines, told] = [{ ...scene.usage }, scene.lines.length, (await scene.told()).length];
  const items = new Set((await logItems(scene)).map(({ sk }) => sk));
  const answer = await perform(scene, { ids: users.map(({ id }) => id), small: small.id, large: large.id });
  if (answer.status >= 300) throw new Error(`${change} was answered ${answer.status}: ${answer.text}`);
  const errands = await settle(scene);
  const added = (await logItems(scene)).filter(({ sk }) => !items.has(sk));
  return {
    change,
    values,
    invocations: scene.lines.length - lines,
    errands,
    events: (await scene.told()).length - told,
    logItems: added.length,
    logBytes: added.reduce((sum, { bytes }) => sum + bytes, 0),
    writeUnits: scene.usage.writeUnits - before.writeUnits,
    readUnits: scene.usage.readUnits - before.readUnits,
  };
}

/** Until the stream says nothing more, and the worker has told what was left to it. */
async function settle(scene: FeedScene): Promise<number> {
  await scene.deliver();
  const errands = scene.queued.filter(({ work }) => work.kind === 'departures' || work.kind === 'publish').length;
  await scene.work();
  await scene.deliver();
  await scene.work();
  return errands;
}

async function logItems({ endpoint: { table } }: FeedScene): Promise<readonly { readonly sk: string; readonly bytes: number }[]> {
  const items = await readTable(table.client, table.tableName);
  return items.flatMap((item) =>
    item['pk']?.S === 'Feed' && item['sk']?.S?.includes('#') ? [{ sk: item['sk'].S, bytes: sizeOf(item) }] : [],
  );
}

/** A change may cost a write unit for each KB begun of the log, a read for who removed something, and what large changes take. */
export function tooDear({
  change,
  values,
  errands,
  logItems: count,
  logBytes,
  writeUnits,
  readUnits,
  events,
}: FeedCost): readonly string[] {
  const isOfLargeGroup = change.startsWith('DELETE a group');
  // Whoever publishes a large change reads its item and its manifest.
  const read = (change.startsWith('DELETE') ? 1 : 0) + 2 * errands * events;
  const most = { writeUnits: Math.ceil(logBytes / 1_024) + count, readUnits: read };
  // Where the worker has come stands on the tombstone, and the members have to be read.
  const allowed = isOfLargeGroup ? { writeUnits: most.writeUnits * 2 + 4 * events, readUnits: 20 * events } : most;
  return [
    ...(writeUnits <= allowed.writeUnits ? [] : [`${change} (${values}) writes ${writeUnits} units; ${allowed.writeUnits} are the most`]),
    ...(readUnits <= allowed.readUnits ? [] : [`${change} (${values}) reads ${readUnits} units; ${allowed.readUnits} are the most`]),
  ];
}
