import { drain } from '../../test/support/drain.ts';
import { contradictions } from '../../test/support/dynamodb-invariants.ts';
import { readTable } from '../../test/support/dynamodb-table.ts';
import { openBehindFaults } from './open.ts';
import type { Failure } from './traffic.ts';

export type Verdict = {
  readonly counts: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly failed: number;
  readonly longestMs: number;
  /** What must not be: nothing where all is well. */
  readonly problems: readonly string[];
};

type Run = { readonly store: string; readonly requests: number; readonly clients: number; readonly seed: number };

const HOUR_MS = 3_600_000;

/** At most so many of the requests may fail while something happens to a small part of the calls. */
const ALLOWED = 0.0001;

/** Traffic while something happens to some of the calls. */
export async function judgeSome({ store, requests, clients, seed }: Run, rate: number): Promise<Verdict> {
  const opened = await openBehindFaults(store, { seed, clients });
  opened.proxy.rate = rate;
  await opened.traffic.run(requests);
  const failures = [...opened.traffic.failures];
  const isTooMuch = failures.length > requests * ALLOWED;
  return conclude(opened, failures, isTooMuch ? [`${failures.length} of ${requests} requests failed`] : []);
}

/** Requests while no call at all is answered as it should be: each ends in the time a function has, and nothing comes of it but once. */
export async function judgeAll({ store, requests, clients, seed }: Run): Promise<Verdict> {
  const remainingMs = 6_000;
  const opened = await openBehindFaults(store, { seed, clients, remainingMs });
  await opened.traffic.run(clients * 4);
  const undisturbed = opened.traffic.failures.length;
  opened.proxy.rate = 1;
  await opened.traffic.run(requests);
  const failures = opened.traffic.failures.slice(undisturbed);
  return conclude(opened, failures, [
    ...(undisturbed === 0 ? [] : [`${undisturbed} requests failed before anything happened`]),
    ...(failures.length === requests ? [] : [`${requests - failures.length} of ${requests} requests succeeded, although nothing could`]),
    ...(opened.traffic.longestMs() < remainingMs ? [] : [`a request took ${opened.traffic.longestMs().toFixed(0)} ms`]),
  ]);
}

/** With nothing in the way any more: repeats succeed, clients find what they were told, the table agrees with itself. */
async function conclude(
  { proxy, endpoint, traffic }: Awaited<ReturnType<typeof openBehindFaults>>,
  failures: readonly Failure[],
  problems: readonly string[],
): Promise<Verdict> {
  const longestMs = traffic.longestMs();
  const requests = traffic.count();
  const before = traffic.failures.length;
  proxy.rate = 0;
  await traffic.repeat();
  await drain(endpoint.table);
  // Until what was swept is forgotten, each reader looks through all of it.
  await drain(endpoint.table, { now: () => Date.now() + HOUR_MS });
  const found = [
    ...problems,
    ...failures.filter(isNoRefusal).map((failure) => `not 503 with Retry-After: ${JSON.stringify(failure)}`),
    ...traffic.failures.slice(before).map((failure) => `sent again, and in vain: ${JSON.stringify(failure)}`),
    ...(await traffic.contradictions()),
    ...contradictions(await readTable(endpoint.table.client, endpoint.table.tableName)),
  ];
  await proxy[Symbol.asyncDispose]();
  return { counts: proxy.counts, requests, failed: failures.length, longestMs, problems: found };
}

const isNoRefusal = ({ status, retryAfter }: Failure): boolean => status !== 503 || retryAfter === undefined;
