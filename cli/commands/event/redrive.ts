import * as z from 'zod/mini';
import { type Redriven, redrivenSchema } from '../../../src/directory/feed/operator/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { counted, progressOf } from '../transfer/rate.ts';

export const eventsRedrive = defineCommand({
  name: 'events redrive',
  summary: 'Have done what failed again and again and was put aside: the messages of the dead-letter queue.',
  flags: [{ flags: '--dry-run', summary: 'say what is there, up to 200 messages, and leave it there' }, ...ADMIN_FLAGS],
  examples: ['scim events redrive --local', 'scim events redrive --tenant example --dry-run --json'],
  options: z.strictObject({ ...adminOptions, dryRun: z.optional(z.literal(true)) }),
  run: async ({ json, by, dryRun = false, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    const request = { act: 'events.redrive', by: by ?? terminal.userName, dryRun } as const;
    const progress = progressOf(terminal, 0);
    const redriven = await cancellable(terminal.onInterrupt, async (signal) => {
      let all: Redriven = { dryRun, moved: {}, strange: 0, isDone: false };
      do {
        const { result } = await askAdmin({ target, request, expect: redrivenSchema }, terminal);
        all = joined(all, result);
        progress.show(counted(sum(all.moved), 'message'), sum(all.moved));
      } while (!all.isDone && !dryRun && !signal.aborted);
      return all;
    }).finally(progress.end);
    (json ? [JSON.stringify(redriven)] : describe(redriven)).forEach(terminal.print);
  },
});

function joined(before: Redriven, { dryRun, moved, strange, isDone }: Redriven): Redriven {
  const kinds = new Set([...Object.keys(before.moved), ...Object.keys(moved)]);
  return {
    dryRun,
    moved: Object.fromEntries([...kinds].map((kind) => [kind, (before.moved[kind] ?? 0) + (moved[kind] ?? 0)])),
    strange: before.strange + strange,
    isDone,
  };
}

const sum = (counts: Redriven['moved']): number => Object.values(counts).reduce((total, count) => total + count, 0);

function describe({ dryRun, moved, strange, isDone }: Redriven): readonly string[] {
  const count = sum(moved);
  if (count + strange === 0) return ['Nothing was put aside.'];
  const kinds = Object.entries(moved).map(([kind, each]) => `${kind} ${each}`);
  const went = dryRun ? 'would go back to be done' : 'went back to be done';
  return [
    ...(count > 0 ? [`${counted(count, 'message')} ${went}: ${kinds.join(', ')}.`] : []),
    ...(strange > 0 ? [`${strangers(strange)}: look into the queue of dead letters.`] : []),
    ...(isDone ? [] : [dryRun ? 'There are more, which were not looked at.' : 'There are more: run it again.']),
  ];
}

const strangers = (count: number): string =>
  count === 1 ? '1 message is not of this service and stays' : `${counted(count, 'message')} are not of this service and stay`;
