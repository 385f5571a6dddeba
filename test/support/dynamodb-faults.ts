import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What shall happen to one call: it fails with `error`, and its work is done all the same when `lost` is the answer only. */
export type Fault = { readonly error: Error; readonly isDone: boolean };

/** Fails calls as `decide` says, by the name of their command and how many of that name came before. */
export function injectFaults(client: DynamoDBClient, decide: (command: string, earlier: number) => Fault | undefined): void {
  const seen = new Map<string, number>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = context.commandName ?? '';
      const earlier = seen.get(command) ?? 0;
      seen.set(command, earlier + 1);
      const fault = decide(command, earlier);
      if (fault === undefined) return next(args);
      if (fault.isDone) await next(args);
      throw fault.error;
    },
    { step: 'initialize', name: 'injectFaults' },
  );
}

/** An answer that never came although the work was done. */
export const lostAnswer = (): Fault => ({ error: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), isDone: true });

/** A refusal of the service, by the name the SDK gives it. */
export const refusedAs = (name: string, details: object = {}): Fault => ({
  error: Object.assign(new Error(name), { name, ...details }),
  isDone: false,
});

/** Answers calls in the service's place: nothing is sent. */
export function answerInstead(client: DynamoDBClient, answer: (command: string, input: object) => object): void {
  client.middlewareStack.add(
    (_, context) => async (args) => ({ response: {}, output: { $metadata: {}, ...answer(context.commandName ?? '', args.input) } }),
    { step: 'initialize', name: 'answerInstead' },
  );
}
