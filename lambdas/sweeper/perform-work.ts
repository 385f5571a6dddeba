import type { StoreCall } from '../../src/access/ports.ts';
import type { Work } from '../../src/directory/ports.ts';
import { describeUnexpected, type WorkLine } from '../../src/runtime/log.ts';
import type { WorkerServices } from '../../src/runtime/worker-services.ts';
import { inspectCredentials } from './inspect-credentials.ts';

/** Does one piece of work, puts what is left of it into the queue, and leaves one line about it. */
export async function performWork(services: WorkerServices, message: string, call: StoreCall): Promise<void> {
  const { queue, parseWork, sweeperOf, tenant, clock, log } = services;
  const begunMs = clock();
  try {
    const work = parseWork(message);
    if (work.kind === 'inspect' && work.from === undefined) await inspectCredentials(services, call);
    const { rows, left, findings } = await (await sweeperOf(call)).perform(work, call);
    await queue.send(left);
    log({ ...workLine(work, call), tenant, rows, left: left.length, durationMs: clock() - begunMs });
    if (findings) log({ event: 'inspection', tenant, ...findings });
  } catch (error) {
    log({ event: 'unexpectedError', requestId: call.requestId, tenant, ...describeUnexpected(error) });
    throw error;
  }
}

const workLine = (work: Work, { requestId, usage }: StoreCall): Omit<WorkLine, 'tenant' | 'rows' | 'left' | 'durationMs'> => ({
  event: 'work',
  requestId,
  work: work.kind,
  ...('type' in work && { resourceType: work.type, resourceId: work.id }),
  ...('change' in work && { change: work.change }),
  ...('name' in work && { backfill: work.name }),
  storeCalls: usage.calls,
  storeRetries: usage.retries,
  readUnits: usage.readUnits,
  writeUnits: usage.writeUnits,
});
