import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../local/free-port.ts';
import type { LocalServer } from '../../test/support/local-process.ts';
import { faultsOf } from '../../test/support/valid-event.ts';
import { endOf } from '../kills/kill.ts';
import { contradictionsAtRest } from '../support/at-rest.ts';
import { openClient } from '../support/client.ts';
import { type Random, seededRandom, weighted } from '../support/random.ts';
import { Site } from '../support/server.ts';
import { Consumer } from './consumer.ts';
import { type Place, readDirectory, readLog } from './directory.ts';
import { eventsToken } from './events-token.ts';
import { stateOf } from './fold.ts';
import { faultsOfAcknowledged, faultsOfOrder } from './judge.ts';
import { openOperator } from './operator.ts';
import { differences } from './state.ts';
import { Writer } from './writer.ts';

export type FeedOptions = {
  readonly folder: string;
  readonly hasValues: boolean;
  readonly operations: number;
  readonly crashes: number;
  readonly writers: number;
  readonly seed: number;
  readonly say: (line: string) => void;
};

const VICTIMS = ['consumer', 'server', 'store', 'server and store'] as const;
type Victim = (typeof VICTIMS)[number];

const FOLLOWS_WITHIN_MS = 90_000;
const LONGEST_LIFE_MS = 60_000;

type World = FeedOptions & {
  readonly site: Site;
  readonly random: Random;
  readonly clients: readonly Writer[];
  readonly killed: Record<Victim, number>;
};

export async function runFeed(options: FeedOptions) {
  const variables = { PORT: String(await freePort()), TENANTS_DIR: `${options.folder}/tenants` };
  const began = new Date();
  const random = seededRandom(options.seed);
  const clients = Array.from({ length: options.writers }, (_, n) => new Writer(`w${n}`, n % 4 === 3 ? 60 : 25, options.seed * 1_000 + n));
  await using site = new Site({ variables });
  const world: World = { ...options, site, random, clients, killed: { consumer: 0, server: 0, store: 0, 'server and store': 0 } };
  const first = await site.start();
  const events = { tenantUrl: first.tenantUrl, token: await eventsToken(site.folder) };
  await using consumer = await Consumer.start({ ...events, folder: options.folder });
  let server = first;
  while (!isOver(world)) {
    if (!server.isRunning()) server = await site.start();
    await live(world, server, consumer);
  }
  if (!server.isRunning()) server = await site.start();
  const judged = await judge(world, { events, directory: { tenantUrl: events.tenantUrl, token: site.token }, consumer, began });
  await server.end('SIGTERM');
  return {
    operations: sum(world),
    interrupted: clients.reduce((total, { interrupted }) => total + interrupted, 0),
    acknowledged: clients.reduce((total, { acknowledged }) => total + acknowledged.length, 0),
    killed: world.killed,
    ...judged,
  };
}

const sum = ({ clients }: World): number => clients.reduce((total, { operations }) => total + operations, 0);
const crashesOf = ({ killed }: World): number => Object.values(killed).reduce((total, count) => total + count, 0);
const hasFaults = ({ clients }: World): boolean => clients.some(({ faults }) => faults.length > 0);
const isOver = (world: World): boolean => hasFaults(world) || (sum(world) >= world.operations && crashesOf(world) >= world.crashes);

/** One life of the server: writers write until it is killed; the one that follows may be killed several times meanwhile. */
async function live(world: World, server: LocalServer, consumer: Consumer): Promise<void> {
  const { site, random, clients, killed, crashes, operations } = world;
  const client = openClient(server.tenantUrl, site.token);
  const operator = openOperator(site.folder, world.folder);
  const storePid = await site.storePid();
  const writing = Promise.all(
    clients.map((writer) => writer.write({ send: client.send, operator }, () => !server.isRunning() || isOver(world))),
  );
  for (let victim: Victim = 'consumer'; victim === 'consumer' && crashesOf(world) < crashes; ) {
    await momentOf(world, Math.floor(((crashesOf(world) + random.below(100) / 100) * operations) / crashes));
    await pause(random.below(20));
    victim = chooseVictim(random);
    killed[victim] += 1;
    world.say(`${crashesOf(world)} of ${crashes} kills, ${sum(world)} operations: ${victim}`);
    if (victim === 'consumer') await consumer.crash();
    if (victim.startsWith('server')) process.kill(site.serverPid ?? 0, 'SIGKILL');
    if (victim.endsWith('store') && storePid !== undefined) process.kill(storePid, 'SIGKILL');
    if (victim !== 'consumer') await endOf(server);
  }
  await writing;
  client.close();
}

const chooseVictim = (random: Random): Victim =>
  weighted(random, [
    [50, 'consumer'],
    [22, 'server'],
    [12, 'store'],
    [16, 'server and store'],
  ]);

async function momentOf(world: World, operations: number): Promise<void> {
  const giveUpAt = Date.now() + LONGEST_LIFE_MS;
  while (sum(world) < operations && !hasFaults(world) && Date.now() < giveUpAt) await pause(2);
}

type Judged = { readonly events: Place; readonly directory: Place; readonly consumer: Consumer; readonly began: Date };

/** Waits until all is done that was left for afterwards, and the application has followed; then compares everything. */
async function judge(world: World, { events, directory, consumer, began }: Judged) {
  const contradictions = await contradictionsAtRest(await world.site.table());
  const expected = await readDirectory(directory);
  const unfollowed = await differencesAtRest(consumer, expected);
  const log = await readLog(events, began);
  const acknowledged = world.clients.flatMap((writer) => writer.acknowledged);
  return {
    events: log.length,
    repeats: log.length - new Set(log.map(({ id }) => id)).size,
    users: expected.users.size,
    groups: expected.groups.size,
    faults: [
      ...world.clients.flatMap(({ faults }) => faults),
      ...contradictions,
      ...unfollowed,
      ...(world.hasValues ? differences('by the log', stateOf(log), expected) : []),
      ...new Set(log.flatMap(faultsOf)),
      ...faultsOfOrder(log, expected.versions),
      ...faultsOfAcknowledged(log, acknowledged),
    ],
  };
}

async function differencesAtRest(consumer: Consumer, expected: Awaited<ReturnType<typeof readDirectory>>): Promise<readonly string[]> {
  const giveUpAt = Date.now() + FOLLOWS_WITHIN_MS;
  for (;;) {
    const state = await consumer.state();
    const found = state === undefined ? ['the application does not answer'] : differences('the application', state, expected);
    if (found.length === 0) return [];
    if (Date.now() > giveUpAt) return [...found, `the application said: ${consumer.printed}`];
    await pause(500);
  }
}
