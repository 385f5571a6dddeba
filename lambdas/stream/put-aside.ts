import type { StoreCall } from '../../src/access/ports.ts';
import type { Errand } from '../../src/directory/ports.ts';
import { describeUnexpected } from '../../src/runtime/log.ts';
import type { StreamServices } from '../../src/runtime/stream-services.ts';

/** What cannot be understood, and how it can be made up for. */
export type Poison = { readonly error: unknown; readonly work: Errand['work'] | undefined };

/** Puts aside what would only fail again, and says in the log that it does; it names no content. */
export async function putAside({ deadLetters, tenant, log }: StreamServices, poison: readonly Poison[], call: StoreCall): Promise<void> {
  for (const { error } of poison) log({ event: 'unexpectedError', requestId: call.requestId, tenant, ...describeUnexpected(error) });
  await deadLetters.send(poison.flatMap(({ work }) => (work === undefined ? [] : [{ work, delaySeconds: 0 }])));
}
