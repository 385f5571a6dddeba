import { identifiedSchema } from '../src/access/identify.ts';
import type { AdminTarget } from '../src/runtime/admin-client.ts';
import { askAdmin } from './ask-admin.ts';
import type { Terminal } from './terminal.ts';

export type Asking = { readonly target: AdminTarget; readonly by: string | undefined };

/** An identifier, and what stands for it in lines that name nobody: the function alone has the key by which they were hashed. */
export type Identified = { readonly identifier: string; readonly hash: string | undefined };

export async function identify(identifier: string, { target, by }: Asking, terminal: Terminal): Promise<Identified> {
  const request = { act: 'audit.identify', by: by ?? terminal.userName, identifier } as const;
  const { result } = await askAdmin({ target, request, expect: identifiedSchema }, terminal);
  return { identifier, hash: result.hash ?? undefined };
}
