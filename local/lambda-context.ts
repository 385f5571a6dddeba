import type { Context } from 'aws-lambda';

/** Shorter than the gateway's 29 s, as in the stack, so that a handler gives up before the gateway does. */
const LAMBDA_TIMEOUT_MS = 28_000;

/** The context object Lambda hands a function; what a function of this project has no use for is there and empty. */
export function lambdaContext(functionName: string, awsRequestId: string, now: () => number, timeoutMs = LAMBDA_TIMEOUT_MS): Context {
  const endsAt = now() + timeoutMs;
  const oldCallback = (): never => {
    throw new TypeError('a function answers by its promise');
  };
  return {
    functionName,
    awsRequestId,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, endsAt - now()),
    done: oldCallback,
    fail: oldCallback,
    succeed: oldCallback,
  };
}
