import { setTimeout as pause } from 'node:timers/promises';
import { unlessUnanswered } from '../support/client.ts';
import { type ActName, nextAct, type World } from './entra.ts';

export type Tally = {
  readonly latenciesMs: Map<ActName, number[]>;
  readonly statuses: Map<string, number>;
  readonly faults: string[];
  requests: number;
};

export const newTally = (): Tally => ({ latenciesMs: new Map(), statuses: new Map(), faults: [], requests: 0 });

/**
 * Sends requests at a fixed rate, however long the answers take, until `seconds` are over.
 *
 * A latency counts from the moment the request was due, so that a server that stalls cannot hide it by being asked less.
 */
export async function drive(world: World, tally: Tally, perSecond: number, seconds: number): Promise<void> {
  const began = performance.now();
  const underWay = new Set<Promise<void>>();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const dueMs = began + (n * 1_000) / perSecond;
    await pause(Math.max(0, dueMs - performance.now()));
    const one = sendOne(world, tally, dueMs).finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.all(underWay);
}

async function sendOne(world: World, tally: Tally, dueMs: number): Promise<void> {
  const [name, act] = nextAct(world);
  const outcome = await unlessUnanswered(act(world).then((done) => done ?? 'nobody'));
  if (outcome === 'nobody') return;
  const ms = performance.now() - dueMs;
  tally.requests += 1;
  const latencies = tally.latenciesMs.get(name) ?? [];
  latencies.push(ms);
  tally.latenciesMs.set(name, latencies);
  const status = outcome === undefined ? 'none' : String(outcome.answer.status);
  tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
  if (!outcome?.isRight) tally.faults.push(`${name}: ${status} ${outcome?.answer.body.detail ?? ''}`);
}
