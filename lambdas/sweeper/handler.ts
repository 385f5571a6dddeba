import '../../src/runtime/harden.ts';
import type { Context, SQSRecord } from 'aws-lambda';
import { noUsage } from '../../src/access/no-usage.ts';
import { workerServices } from '../../src/runtime/worker-services.ts';
import { performWork } from './perform-work.ts';

const services = workerServices();

/** Invoked by the queue with one message at a time; one that fails comes again, a few times, and is then put aside. */
export async function handler(
  { Records }: { readonly Records: readonly Pick<SQSRecord, 'body'>[] },
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<void> {
  for (const { body } of Records) {
    await performWork(services, body, {
      requestId: context.awsRequestId,
      deadlineMs: services.clock() + context.getRemainingTimeInMillis() - HANDING_ON_MS,
      usage: noUsage(),
    });
  }
}

/** Kept back from the function's timeout, to put the rest of the work into the queue. */
const HANDING_ON_MS = 2_000;
