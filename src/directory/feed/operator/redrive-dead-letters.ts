import type { RequestOf } from '../../../access/admin-request.ts';
import { type Administered, eventOf } from '../../../access/administration.ts';
import type { StoreCall } from '../../ports.ts';
import type { DeadLetter, DeadLetters } from '../ports.ts';
import type { FeedAdministration } from './administration.ts';
import type { Redriven } from './answers.ts';

/** Looked at in one step, of which there are as many as are asked for. */
const STEP_MESSAGES = 200;
/** The request's last part, in which no other message is taken. */
const ANSWER_MS = 8_000;

/**
 * Puts one step of what was put aside into the work queue again; what is not for this service stays where it is. A dry run
 * looks at no more than one step.
 */
export async function redriveDeadLetters(
  { deadLetters, now }: Pick<FeedAdministration, 'deadLetters' | 'now'>,
  request: RequestOf<'events.redrive'>,
  call: StoreCall,
): Promise<Administered<Redriven>> {
  const { dryRun } = request;
  const seen: DeadLetter[] = [];
  let isDone = false;
  while (!isDone && seen.length < STEP_MESSAGES && now() < call.deadlineMs - ANSWER_MS) {
    const taken = await deadLetters.take();
    if (!dryRun) await sendBack(deadLetters, taken);
    isDone = taken.length === 0;
    seen.push(...taken);
  }
  if (dryRun) await deadLetters.release(seen);
  const moved = Object.entries(Object.groupBy(seen, ({ kind = '' }) => kind)).flatMap(([kind, letters = []]) =>
    kind === '' ? [] : [[kind, letters.length] as const],
  );
  const strange = seen.filter(({ kind }) => kind === undefined).length;
  return {
    result: { dryRun, moved: Object.fromEntries(moved), strange, isDone },
    event: eventOf(request, new Date(now()), { counts: { moved: seen.length - strange, strange }, ...(dryRun && { dryRun }) }),
  };
}

async function sendBack(deadLetters: DeadLetters, taken: readonly DeadLetter[]): Promise<void> {
  const ours = taken.filter(({ kind }) => kind !== undefined);
  if (ours.length > 0) await deadLetters.sendBack(ours);
}
