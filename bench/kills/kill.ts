import { setTimeout as pause } from 'node:timers/promises';
import type { LocalServer } from '../../test/support/local-process.ts';
import { type Client, openClient } from '../support/client.ts';
import { type Random, weighted } from '../support/random.ts';
import type { Site } from '../support/server.ts';
import type { Writer } from './writer.ts';

export const VICTIMS = ['server', 'store', 'both', 'starting server'] as const;
export type Victim = (typeof VICTIMS)[number];

/** A life ends after so many writes at most, so that a busy machine gets as far as an idle one. */
const MOST_WRITES = 60;
const LONGEST_LIFE_MS = 5_000;
const STARTS_IN_MS = 700;
const DIES_WITHIN_MS = 20_000;

export const chooseVictim = (random: Random): Victim =>
  weighted(random, [
    [35, 'server'],
    [25, 'store'],
    [30, 'both'],
    [10, 'starting server'],
  ]);

/** Starts the server, lets the writers write, and kills `victim` at a random moment. */
export async function killOnce(site: Site, writers: readonly Writer[], victim: Victim, random: Random): Promise<void> {
  if (victim === 'starting server') return killWhileStarting(site, random);
  const server = await site.start();
  const client = openClient(server.tenantUrl, site.token);
  const storePid = await site.storePid();
  const writing = Promise.all(writers.map((writer) => writer.write(client.send, () => !server.isRunning())));
  await momentAfter(random.below(MOST_WRITES), writers);
  await pause(random.below(20));
  if (victim !== 'store') process.kill(site.serverPid ?? 0, 'SIGKILL');
  if (victim !== 'server' && storePid !== undefined) process.kill(storePid, 'SIGKILL');
  await endOf(server);
  await writing;
  client.close();
}

async function momentAfter(writes: number, writers: readonly Writer[]): Promise<void> {
  const acknowledged = (): number => writers.reduce((sum, writer) => sum + writer.acknowledged, 0);
  const [enough, giveUpAt] = [acknowledged() + writes, Date.now() + LONGEST_LIFE_MS];
  while (acknowledged() < enough && Date.now() < giveUpAt) await pause(2);
}

async function killWhileStarting(site: Site, random: Random): Promise<void> {
  const starting = site.spawn();
  await pause(random.below(STARTS_IN_MS));
  starting.child.kill('SIGKILL');
  await starting.ended;
}

/** A server whose store is gone ends by itself. */
export async function endOf(server: LocalServer): Promise<void> {
  const late = pause(DIES_WITHIN_MS, 'late' as const, { ref: false });
  if ((await Promise.race([server.ended, late])) !== 'late') return;
  await server.end('SIGKILL');
  throw new Error('The server went on without its store.');
}

/** Starts the server without load, and gives `work` a client; then stops it as an operator would. */
export async function whileServing<Result>(site: Site, work: (client: Client) => Promise<Result>): Promise<Result> {
  const server = await site.start();
  const client = openClient(server.tenantUrl, site.token);
  try {
    return await work(client);
  } finally {
    client.close();
    await server.end('SIGTERM');
  }
}
