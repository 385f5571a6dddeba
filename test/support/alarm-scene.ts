import { performWork } from '../../lambdas/sweeper/perform-work.ts';
import type { CredentialSource } from '../../src/access/ports.ts';
import { parseWork } from '../../src/aws/work-queue.ts';
import type { Findings } from '../../src/directory/ports.ts';
import type { LogLine } from '../../src/runtime/log.ts';
import { writeLog } from '../../src/runtime/write-log.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { MemoryCredentialStore } from './access-memory.ts';
import type { Datapoint } from './datapoint.ts';
import { readEmbeddedMetrics } from './embedded-metrics.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { aCall } from './store-call.ts';

const MINUTE_MS = 60_000;
const NOTHING: Findings = { items: 0, memberships: 0, orphans: 0, requeued: 0, activeUsers: 0 };

/** A tenant whose functions are called, and what CloudWatch has been sent of it so far. */
export type AlarmScene = Pick<Endpoint, 'send'> & {
  readonly endpoint: Endpoint;
  /** Does one message of the queue, as the sweeper does. */
  readonly work: (message: string, credentials?: CredentialSource) => Promise<void>;
  readonly wait: (minutes: number) => void;
  readonly now: () => number;
  /** Everything that was logged since the scene was opened. */
  readonly sent: () => readonly Datapoint[];
  /** What CloudWatch has from elsewhere than from log lines. */
  readonly feed: (points: readonly Datapoint[]) => void;
};

export type SceneOptions = {
  readonly policy?: JsonObject;
  /** What happens while a request is authenticated. */
  readonly authenticate?: (wait: (minutes: number) => void) => void;
};

export async function openAlarmScene({ policy, authenticate }: SceneOptions = {}): Promise<AlarmScene> {
  const points: Datapoint[] = [];
  let laterMs = 0;
  const now = (): number => Date.now() + laterMs;
  const wait = (minutes: number): void => {
    take();
    laterMs += minutes * MINUTE_MS;
  };
  const log = writeLog((text) => points.push(...readEmbeddedMetrics(text)), now);
  const endpoint = await openEndpoint({
    ...(policy && { policy }),
    services: {
      clock: now,
      ...(authenticate && {
        authenticate: async () => {
          authenticate(wait);
          return { application: 'default', credential: 'credential-1', scope: 'full' };
        },
      }),
    },
  });
  let taken = 0;
  const take = (): void => {
    for (const line of endpoint.lines.slice(taken)) log(line);
    taken = endpoint.lines.length;
  };
  return {
    endpoint,
    send: endpoint.send,
    work: (message, credentials) => performWork(sweeper(log, now, credentials), message, aCall()),
    wait,
    now,
    sent: () => {
      take();
      return points;
    },
    feed: (more) => void points.push(...more),
  };
}

const sweeper = (log: (line: LogLine) => void, clock: () => number, credentials: CredentialSource = new MemoryCredentialStore()) => ({
  queue: { send: async () => undefined },
  parseWork,
  sweeperOf: async () => ({ perform: async () => ({ rows: 0, left: [], findings: NOTHING }) }),
  credentials,
  claimWarning: async () => true,
  tenant: 'acme',
  clock,
  log,
});
