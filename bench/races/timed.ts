import type { Answer } from '../support/answer.ts';
import { type Send, unlessUnanswered } from '../support/client.ts';
import type { Operation } from './linearizable.ts';

/** An answer, undefined where it leaves open what became of the request, and the time it took. */
export type Timed = { readonly answer: Answer | undefined; readonly invokedAt: number; readonly completedAt: number };

export type TimedSend = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Timed>;

/** What was answered that must never be, and what was left open. */
export type Watch = { readonly faults: string[]; open: number };

/** Sends and notes down when; a 503 says as little about what became of a write as no answer. */
export const timed =
  (send: Send, watch: Watch): TimedSend =>
  async (method, path, body, headers) => {
    const invokedAt = performance.now();
    const answer = await unlessUnanswered(send(method, path, body, headers));
    const completedAt = performance.now();
    if (answer !== undefined && answer.status >= 500 && answer.status !== 503)
      watch.faults.push(`${method} ${path} was answered ${answer.status}`);
    if (answer !== undefined && answer.status < 500) return { answer, invokedAt, completedAt };
    watch.open += 1;
    return { answer: undefined, invokedAt, completedAt: Infinity };
  };

/** Adds to a history what the client did and saw. */
export function note<Step>(history: Operation<Step>[], { invokedAt, completedAt }: Timed, step: Step): void {
  history.push({ step, invokedAt, completedAt });
}
