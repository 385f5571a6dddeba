import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { AdminRefusal } from '../access/admin-refusal.ts';

/** Hands the admin function a request and returns what it answers, as JSON. */
export async function invokeAdminFunction(
  client: LambdaClient,
  functionName: string,
  request: unknown,
  abortSignal?: AbortSignal,
): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
  const { Payload, FunctionError } = await client.send(command, abortSignal && { abortSignal });
  const text = Payload?.transformToString() ?? '';
  if (FunctionError !== undefined) throw new AdminRefusal(`${explainEnd(FunctionError, text)} ${LOG}`);
  return parseJson(text);
}

const LOG = 'Its log group says more, the one of the stack with "AdminLogs" in its name.';

/** Nothing of the text is quoted but a number: what a function ended with may hold anything. */
function explainEnd(functionError: string, text: string): string {
  const [, seconds] = /timed out after ([\d.]+) seconds/i.exec(text) ?? [];
  if (seconds !== undefined)
    return `The admin function was not done after ${Number(seconds)} seconds and was stopped: look whether the act took effect before you repeat it.`;
  if (/OutOfMemory|signal: killed/.test(text)) return 'The admin function ran out of memory before it could answer.';
  return `The admin function failed (${functionError}) before it could answer.`;
}

/** JSON.parse quotes the text in its error, and this text may hold a token. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
