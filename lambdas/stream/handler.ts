import '../../src/runtime/harden.ts';
import type { Context } from 'aws-lambda';
import { noUsage } from '../../src/access/no-usage.ts';
import { streamServices } from '../../src/runtime/stream-services.ts';
import { type StreamAnswer, type StreamEvent, takeBatch } from './take-batch.ts';

const services = streamServices();

/** Invoked by the table's stream. What is done twice is done once; what could not be done comes again. */
export const handler = (event: StreamEvent, context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>): Promise<StreamAnswer> =>
  takeBatch(services, event, {
    requestId: context.awsRequestId,
    deadlineMs: services.clock() + context.getRemainingTimeInMillis() - ANSWERING_MS,
    usage: noUsage(),
  });

/** Kept back from the function's timeout, to say from where on the batch has to come again. */
const ANSWERING_MS = 2_000;
