import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../local/free-port.ts';
import { openClient, type Send } from '../support/client.ts';
import { aUser } from '../support/messages.ts';
import { percentile } from '../support/percentile.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { Site } from '../support/server.ts';
import { type Place, readPage } from './directory.ts';
import { eventsToken } from './events-token.ts';

export type LagOptions = { readonly changes: number; readonly seed: number };

/** Milliseconds from the answer to a change until its event was read, by one who follows. */
export type Lag = { readonly how: string; readonly changes: number; readonly unread: number } & Readonly<
  Record<'p50' | 'p95' | 'most', number>
>;

/** How each of those who follow asks: by long polls, and again and again. */
const FOLLOWERS = { 'waits, with wait=20': { wait: 20, pauseMs: 0 }, 'asks every 50 ms': { wait: 0, pauseMs: 50 } } as const;

/** A change comes alone: long polls look less and less often while there is nothing. */
const SHORTEST_GAP_MS = 200;
const LONGEST_GAP_MS = 3_000;
const READ_WITHIN_MS = 10_000;

/** When the event of each resource was first read. */
type Seen = Map<string, number>;

export async function measureLag({ changes, seed }: LagOptions): Promise<readonly Lag[]> {
  await using site = new Site({ variables: { PORT: String(await freePort()) } });
  const { tenantUrl } = await site.start();
  const place = { tenantUrl, token: await eventsToken(site.folder) };
  const client = openClient(tenantUrl, site.token);
  const ending = new AbortController();
  const following = await Promise.all(Object.values(FOLLOWERS).map((how) => follow(place, how, ending.signal)));
  const answered = await change(client.send, changes, seededRandom(seed));
  const giveUpAt = Date.now() + READ_WITHIN_MS;
  while (following.some(({ seen }) => seen.size < changes) && Date.now() < giveUpAt) await pause(50);
  ending.abort();
  // Whoever waits is answered once more.
  await client.send('POST', '/Users', aUser('last@example.com'));
  await Promise.all(following.map(({ ended }) => ended));
  client.close();
  return Object.keys(FOLLOWERS).map((how, index) => lagOf(how, answered, following[index]?.seen ?? new Map()));
}

/** @returns when each user that was created was answered */
async function change(send: Send, changes: number, random: Random): Promise<ReadonlyMap<string, number>> {
  const answered = new Map<string, number>();
  for (let number = 0; number < changes; number += 1) {
    await pause(SHORTEST_GAP_MS + random.below(LONGEST_GAP_MS - SHORTEST_GAP_MS));
    const { status, body } = await send('POST', '/Users', aUser(`user.${number}@example.com`));
    if (status !== 201) throw new Error(`A creation was answered ${status}.`);
    answered.set(String(body['id']), performance.now());
  }
  return answered;
}

type Following = { readonly seen: Seen; readonly ended: Promise<void> };

/** Begins to follow from now on. */
async function follow(place: Place, how: (typeof FOLLOWERS)[keyof typeof FOLLOWERS], ending: AbortSignal): Promise<Following> {
  const seen: Seen = new Map();
  const { nextCursor } = await readPage(place, { from: 'now' });
  const goOn = async (): Promise<void> => {
    for (let cursor = nextCursor; !ending.aborted; ) {
      const page = await readPage(place, { cursor, wait: String(how.wait) });
      for (const { resourceId } of page.events) if (!seen.has(resourceId)) seen.set(resourceId, performance.now());
      cursor = page.nextCursor;
      await pause(how.pauseMs);
    }
  };
  return { seen, ended: goOn() };
}

function lagOf(how: string, answered: ReadonlyMap<string, number>, seen: ReadonlyMap<string, number>): Lag {
  const lags = [...answered].flatMap(([id, atMs]) => Math.max(0, (seen.get(id) ?? Number.NaN) - atMs)).filter((ms) => !Number.isNaN(ms));
  const [p50 = 0, p95 = 0, most = 0] = [0.5, 0.95, 1].map((part) => Math.round(percentile(lags, part)));
  return { how, changes: answered.size, unread: answered.size - lags.length, p50, p95, most };
}
