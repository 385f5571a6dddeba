import { join } from 'node:path';
import { AdminRefusal } from '../../../../src/access/admin-refusal.ts';
import type { Terminal } from '../../../terminal.ts';
import { describeChanges } from './judge-changes.ts';
import { type Outcome, type Upgrade, upgradeStack } from './upgrade-stack.ts';

/** What came of each stack that was begun, in order; `stopped` says that the person ended it before the rest. */
export type FleetOutcome = {
  readonly done: readonly { readonly stack: string; readonly seconds: number; readonly outcome: Outcome }[];
  readonly left: readonly string[];
  readonly stopped: boolean;
};

export type FleetUpgrade = Pick<Upgrade, 'isDryRun' | 'version' | 'by'> & {
  readonly tenants: readonly string[];
  readonly assembly: string | undefined;
  readonly folder: string;
};

const ACCOUNT_STACK = 'scim-account';

/** Upgrades the account's stack and then one tenant after the other, until one fails or the person ends it. */
export async function runFleet(fleet: FleetUpgrade, terminal: Terminal): Promise<FleetOutcome> {
  const assembly = fleet.assembly ?? (await synthesise(fleet, terminal));
  const stacks = [ACCOUNT_STACK, ...fleet.tenants.map((name) => `scim-${name}`)];
  const done: FleetOutcome['done'][number][] = [];
  let stopped = false;
  let current = ACCOUNT_STACK;
  const stopListening = terminal.onInterrupt(() => {
    stopped = true;
    terminal.say(`Ending after ${current}: CloudFormation would go on with it anyway. Interrupt again to leave at once.`);
  });
  try {
    for (const stack of stacks) {
      current = stack;
      const one = await timed(stack, { ...fleet, assembly }, terminal);
      done.push(one);
      tell(one, `${done.length} of ${stacks.length}`, terminal);
      if (one.outcome.kind === 'failed' || stopped) break;
    }
  } finally {
    stopListening();
  }
  return { done, left: stacks.slice(done.length), stopped: stopped && done.length < stacks.length };
}

async function synthesise({ folder }: FleetUpgrade, { runCdk, say }: Terminal): Promise<string> {
  const assembly = join(folder, 'cdk.out');
  const logFile = join(folder, 'synth.log');
  say('Synthesising all stacks');
  const { isDone, lastLines } = await runCdk({ words: ['synth', '--quiet', '--output', assembly, '--no-color'], logFile });
  if (!isDone) throw new AdminRefusal(['The stacks cannot be synthesised:', ...lastLines, `all of it: ${logFile}`].join('\n'));
  return assembly;
}

async function timed(stack: string, fleet: FleetUpgrade & { readonly assembly: string }, terminal: Terminal) {
  const { folder, ...rest } = fleet;
  const begun = terminal.now().getTime();
  const outcome = await upgradeStack(
    { ...rest, stackName: stack, isTenant: stack !== ACCOUNT_STACK, logFile: join(folder, `${stack}.log`) },
    terminal,
  ).catch((error: unknown) => {
    if (!(error instanceof AdminRefusal)) throw error;
    return { kind: 'failed', step: 'look', reasons: [error.message] } as const;
  });
  return { stack, outcome, seconds: Math.round((terminal.now().getTime() - begun) / 1_000) };
}

function tell({ stack, seconds, outcome }: FleetOutcome['done'][number], place: string, { say, progress }: Terminal): void {
  progress?.('');
  say(`${stack}: ${wordsOf(outcome)} (${place}, ${seconds} s)`);
  if (outcome.kind === 'compared') describeChanges(outcome.changes ?? []).forEach(say);
  if (outcome.kind === 'failed') outcome.reasons.map((reason) => `  ${reason}`).forEach(say);
}

function wordsOf(outcome: Outcome): string {
  if (outcome.kind === 'failed') return `FAILED, ${FAILURES[outcome.step]}`;
  if (outcome.kind === 'unchanged') return 'nothing to change';
  if (outcome.changes === undefined) return 'not there yet; it would be made';
  return outcome.kind === 'upgraded' ? 'upgraded' : `${outcome.changes.length} resources would change`;
}

const FAILURES = {
  look: 'before anything was changed',
  compare: 'before anything was changed',
  deploy: 'while it was deployed: CloudFormation takes back what it had begun',
  check: 'after it was deployed: it is there, and not well',
} as const;
