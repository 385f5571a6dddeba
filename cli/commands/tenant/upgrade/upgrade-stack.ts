import type { ResourceChange } from '../../../../src/runtime/fleet-client.ts';
import type { CdkEnd } from '../../../cdk.ts';
import type { Terminal } from '../../../terminal.ts';
import { type Health, lookAt, newlyWrong } from './health.ts';
import { dangersOf } from './judge-changes.ts';

export type Upgrade = {
  readonly stackName: string;
  /** The synthesised assembly. */
  readonly assembly: string;
  /** Where what the CDK prints is kept. */
  readonly logFile: string;
  readonly isDryRun: boolean;
  /** Whether a tenant lives there, whose health counts. */
  readonly isTenant: boolean;
  readonly version: string;
  readonly by: string;
};

/** What came of one stack. `changes` are undefined where the stack is not there yet. */
export type Outcome =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'compared' | 'upgraded'; readonly changes: readonly ResourceChange[] | undefined }
  | { readonly kind: 'failed'; readonly step: Step; readonly reasons: readonly string[] };

type Step = 'look' | 'compare' | 'deploy' | 'check';

const CHANGE_SET = 'scim-upgrade';

/** Nothing under way, and nothing left half-way; a deployment that was taken back has left all as it was. */
const SETTLED = /^((CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE|REVIEW_IN_PROGRESS)$/;

/** Compares, and unless something would be lost, deploys exactly what was compared, and looks whether all is well. */
export async function upgradeStack(upgrade: Upgrade, terminal: Terminal): Promise<Outcome> {
  const { stackName, isDryRun, isTenant } = upgrade;
  const stack = await terminal.fleet.readStack(stackName);
  if (stack === undefined && isDryRun) return { kind: 'compared', changes: undefined };
  if (stack !== undefined && !SETTLED.test(stack.state)) return failed('look', [unsettled(stackName, stack.state)]);

  const before = isTenant && !isDryRun ? await lookAt(stackName, upgrade.by, terminal) : WELL;
  const prepared = await cdk(upgrade, ['--method', 'prepare-change-set', '--require-approval', 'never'], terminal);
  if (!prepared.isDone) return failed('compare', reasonsOf(prepared, upgrade));
  const changes = await terminal.fleet.readChanges({ stackName, changeSet: CHANGE_SET });
  const dangers = dangersOf(changes ?? []);
  if (isDryRun || changes === undefined || dangers.length > 0) await terminal.fleet.deleteChangeSet({ stackName, changeSet: CHANGE_SET });
  if (dangers.length > 0) return failed('compare', dangers);
  if (changes === undefined) return { kind: 'unchanged' };
  if (isDryRun) return { kind: 'compared', changes };

  const executed = await cdk(upgrade, ['--method', 'execute-change-set', '--require-approval', 'never'], terminal);
  if (!executed.isDone) return failed('deploy', reasonsOf(executed, upgrade));
  return isTenant ? check(upgrade, { before, changes }, terminal) : { kind: 'upgraded', changes };
}

function unsettled(stackName: string, state: string): string {
  if (/_IN_PROGRESS$/.test(state)) return `the stack is ${state}: wait until CloudFormation is done with it`;
  if (state === 'UPDATE_ROLLBACK_FAILED')
    return `the stack is ${state}: its events say what stands in the way; when that is gone, "aws cloudformation continue-update-rollback --stack-name ${stackName}" sets it right`;
  return `the stack is ${state}: set that right first, its events in CloudFormation say why`;
}

const WELL: Health = { wrong: [] };

const failed = (step: Step, reasons: readonly string[]): Outcome => ({ kind: 'failed', step, reasons });

const reasonsOf = ({ lastLines }: CdkEnd, { logFile }: Upgrade): readonly string[] => [...lastLines, `all of it: ${logFile}`];

function cdk({ stackName, assembly, logFile }: Upgrade, words: readonly string[], { runCdk, progress }: Terminal): Promise<CdkEnd> {
  const fixed = [
    'deploy',
    stackName,
    '--app',
    assembly,
    '--exclusively',
    '--change-set-name',
    CHANGE_SET,
    '--progress',
    'events',
    '--no-color',
  ];
  return runCdk({ words: [...fixed, ...words], logFile, onLine: progress && ((line) => progress(`${stackName}: ${line}`)) });
}

async function check(
  { stackName, version, by }: Upgrade,
  { before, changes }: { readonly before: Health; readonly changes: readonly ResourceChange[] },
  terminal: Terminal,
): Promise<Outcome> {
  const deployed = (await terminal.fleet.readStack(stackName))?.outputs.get('Version');
  if (deployed !== version) return failed('check', [`the stack says that it is of version ${deployed ?? 'unknown'}, not ${version}`]);
  const wrong = await newlyWrong(before, () => lookAt(stackName, by, terminal), terminal);
  return wrong.length > 0 ? failed('check', wrong) : { kind: 'upgraded', changes };
}
