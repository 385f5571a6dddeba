import * as z from 'zod/mini';
import { AdminRefusal } from '../src/access/admin-refusal.ts';
import type { AdminRequestInput } from '../src/access/admin-request.ts';
import type { AdminTarget } from '../src/runtime/admin-client.ts';
import type { Terminal } from './terminal.ts';

type Asked<Schema extends z.core.$ZodType> = {
  readonly target: AdminTarget;
  readonly request: AdminRequestInput;
  /** What the result looks like. */
  readonly expect: Schema;
};

/** @throws {AdminRefusal} when the act did not happen, or nobody waits for it any more */
export async function askAdmin<Schema extends z.core.$ZodType>(
  { target, request, expect }: Asked<Schema>,
  { invokeAdmin }: Terminal,
  signal?: AbortSignal,
) {
  const { answer, tenantUrl } = await invokeAdmin(target, request, signal);
  if (!answer.ok) throw new AdminRefusal(isUnknown(request, answer.error) ? olderThan(request) : answer.error.message);
  const result = z.safeParse(expect, answer.result);
  if (!result.success) throw new AdminRefusal('The admin function answers in a form this version does not know: deploy the stack again.');
  return { result: result.data, tenantUrl };
}

/** What this version asks for, it knows: only an older function can not. */
const isUnknown = ({ act }: AdminRequestInput, { message }: { readonly message: string }): boolean =>
  message.startsWith(`unknown act "${act}"`);

const olderThan = ({ act }: AdminRequestInput): string =>
  `The admin function is of an older version and does not know "${act}": deploy the stack again, or start the local server again.`;
