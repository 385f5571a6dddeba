import '../../src/runtime/harden.ts';
import type { Context } from 'aws-lambda';
import type { AdminAnswer } from '../../src/access/admin-answer.ts';
import { noUsage } from '../../src/access/no-usage.ts';
import { adminServices } from '../../src/runtime/admin-services.ts';
import { answerAdmin } from './answer.ts';

const services = adminServices();

/** Invoked with IAM only; whoever may invoke this function may administer the tenant. */
export const handler = (request: unknown, context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>): Promise<AdminAnswer> =>
  answerAdmin(services, request, {
    requestId: context.awsRequestId,
    deadlineMs: Date.now() + context.getRemainingTimeInMillis() - ANSWER_MS,
    usage: noUsage(),
  });

/** Kept back from the function's timeout, so that an answer still goes out. */
const ANSWER_MS = 1_500;
