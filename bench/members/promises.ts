import type { Answer } from '../support/answer.ts';
import type { Send } from '../support/client.ts';
import { addedMembers, aGroup, patchOf } from '../support/messages.ts';

/** What was promised about an operation, and what was measured. */
export type Timing = { readonly operation: string; readonly ms: number; readonly limitMs: number; readonly status: number };

/** How long a change of so many members may take. */
const limitOf = (count: number): number => (count <= 1_000 ? 3_000 : 20_000);

/** Adds, removes, puts and posts so many members, in groups of their own. */
export async function timeChanges(send: Send, ids: readonly string[]): Promise<readonly Timing[]> {
  const group = await created(send, aGroup(`added ${ids.length}`));
  const removal = { op: 'remove', path: 'members', value: ids.map((value) => ({ value })) };
  const put = await created(send, aGroup(`put ${ids.length}`));
  const one = (operation: string, ask: () => Promise<Answer>): Promise<Timing> =>
    timed(`${operation} ${ids.length}`, limitOf(ids.length), ask);
  return [
    await one('add', () => send('PATCH', `/Groups/${group}`, patchOf(addedMembers(...ids)))),
    await one('remove', () => send('PATCH', `/Groups/${group}`, patchOf(removal))),
    await one('PUT', () => send('PUT', `/Groups/${put}`, aGroup(`put ${ids.length}`, ids))),
    await one('POST', () => send('POST', '/Groups', aGroup(`posted ${ids.length}`, ids))),
  ];
}

export async function timed(operation: string, limitMs: number, ask: () => Promise<Answer>): Promise<Timing> {
  const began = performance.now();
  const { status } = await ask();
  const ms = performance.now() - began;
  process.stderr.write(`${operation}: ${status} after ${ms.toFixed(0)} ms\n`);
  return { operation, ms, limitMs, status };
}

async function created(send: Send, body: object): Promise<string> {
  const { status, body: group } = await send('POST', '/Groups', body);
  if (status !== 201 || group.id === undefined) throw new Error(`A group was not created: ${status}`);
  return group.id;
}

/**
 * Says what of it does not hold.
 *
 * @param patience how many times longer it may take, because the machine has other things to do
 */
export const brokenIn = ({ operation, ms, limitMs, status }: Timing, patience: number): readonly string[] => [
  ...(status < 300 ? [] : [`${operation} was answered ${status}`]),
  ...(ms <= limitMs * patience ? [] : [`${operation} took ${ms.toFixed(0)} ms, at most ${limitMs * patience}`]),
];
