import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { AdminRefusal } from '../access/admin-refusal.ts';

/** Hands the admin function a request and returns what it answers, as JSON. */
export async function invokeAdminFunction(client: LambdaClient, functionName: string, request: unknown): Promise<unknown> {
  const { Payload, FunctionError } = await client.send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) }));
  if (FunctionError !== undefined) {
    throw new AdminRefusal(
      `The admin function failed (${FunctionError}) before it could answer: its log group says why, the one of the stack with "AdminLogs" in its name.`,
    );
  }
  return parseJson(Payload?.transformToString() ?? '');
}

/** JSON.parse quotes the text in its error, and this text may hold a token. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
