import type * as z from 'zod/mini';
import type { AdminRequestInput } from '../../../src/access/admin-request.ts';
import { askAdmin } from '../../ask-admin.ts';
import { targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';

type Options = { readonly local?: true | undefined; readonly tenant?: string | undefined; readonly by?: string | undefined };

type WithoutBy<Request> = Request extends unknown ? Omit<Request, 'by'> : never;

/** Asks the admin function of the system that the options name, in the name of who runs the command. */
export async function perform<Schema extends z.core.$ZodType>(
  { by, ...options }: Options,
  request: WithoutBy<AdminRequestInput>,
  expect: Schema,
  terminal: Terminal,
) {
  const target = targetOf(options, terminal);
  const { result } = await askAdmin({ target, request: { ...request, by: by ?? terminal.userName }, expect }, terminal);
  return result;
}
