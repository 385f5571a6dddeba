import type { StoreCall } from '../../src/access/ports.ts';
import { describeUnexpected } from '../../src/runtime/log.ts';
import type { StreamServices, TableRecord } from '../../src/runtime/stream-services.ts';
import { announceErrands } from './announce-errands.ts';
import { publishItems } from './publish-items.ts';
import type { Counts, Taken } from './taken.ts';
import { tellChanges } from './tell-changes.ts';

/** A batch of the table's changes, as the stream hands it over. */
export type StreamEvent = { readonly Records: readonly TableRecord[] };

/** From which record on the batch is to come again. */
export type StreamAnswer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

/**
 * Deals with each kind of records by itself: when the log cannot be written, what is to be done is announced all the same.
 *
 * All of it can be done twice. What fails for want of something comes again, from the first such record on.
 */
export async function takeBatch(services: StreamServices, { Records }: StreamEvent, call: StoreCall): Promise<StreamAnswer> {
  const begunMs = services.clock();
  const taken: Taken[] = [];
  for (const take of [announceErrands, tellChanges, publishItems]) {
    taken.push(
      await take(services, Records, call).catch((error: unknown) => {
        services.log({ event: 'unexpectedError', requestId: call.requestId, tenant: services.tenant, ...describeUnexpected(error) });
        return { failedAt: 0 };
      }),
    );
  }
  const failedAt = Math.min(...taken.map((one) => one.failedAt ?? Records.length));
  report(services, { Records }, { counts: sumOf(taken), isAgain: failedAt < Records.length, begunMs }, call);
  return {
    batchItemFailures: Records.slice(failedAt, failedAt + 1).map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
  };
}

const sumOf = (taken: readonly Taken[]): Counts => ({
  changes: sum(taken, 'changes'),
  appended: sum(taken, 'appended'),
  published: sum(taken, 'published'),
  putAside: sum(taken, 'putAside'),
});

const sum = (taken: readonly Taken[], name: keyof Counts): number => taken.reduce((total, { counts }) => total + (counts?.[name] ?? 0), 0);

type Outcome = { readonly counts: Counts; readonly isAgain: boolean; readonly begunMs: number };

function report(
  { tenant, clock, log }: StreamServices,
  { Records }: StreamEvent,
  { counts, isAgain, begunMs }: Outcome,
  { requestId, usage }: StoreCall,
): void {
  if (!isAgain && Object.values(counts).every((count) => count === 0)) return;
  const nowMs = clock();
  const oldestMs = Math.min(...Records.map(({ dynamodb }) => Number(momentOf(dynamodb?.ApproximateCreationDateTime))));
  log({
    event: 'feed',
    requestId,
    tenant,
    ...counts,
    ...(counts.changes > 0 && Number.isFinite(oldestMs) && { lagMs: Math.max(0, nowMs - oldestMs) }),
    ...(isAgain && { again: true }),
    durationMs: nowMs - begunMs,
    storeCalls: usage.calls,
    storeRetries: usage.retries,
    readUnits: usage.readUnits,
    writeUnits: usage.writeUnits,
  });
}

const momentOf = (moment: number | Date | undefined): number =>
  moment instanceof Date ? moment.getTime() : moment === undefined ? Number.NaN : moment * 1_000;
