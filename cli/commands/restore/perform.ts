import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import type { Recovery } from '../../../src/runtime/recovery.ts';
import { confirmByTyping } from '../../confirm.ts';
import type { Terminal } from '../../terminal.ts';
import { counted } from '../transfer/rate.ts';
import { awaitCopy } from './await-copy.ts';
import { type BroughtBack, bringBack } from './bring-back.ts';
import { type Checked, check, tellChecked } from './check.ts';
import { type Differences, findDifferences, type Scope, typesOf } from './find-differences.ts';
import { type Asker, openStates } from './open-states.ts';
import { showDifferences } from './show-differences.ts';

type Restore = {
  readonly asker: Asker;
  readonly stackName: string;
  /** What has to be typed. */
  readonly tenant: string;
  readonly at: Date;
  readonly scope: Scope;
  readonly dryRun: boolean;
  readonly keepTable: boolean;
  readonly confirm: string | undefined;
  readonly json: true | undefined;
};

/**
 * Has a copy made of the table as it was, compares the directory with it, and brings back what is missing or has changed.
 * Broken off anywhere, it goes on when it is run again.
 */
export async function restore(work: Restore, terminal: Terminal): Promise<void> {
  const { openRecovery } = await import('../../../src/runtime/recovery.ts');
  const recovery = await openRecovery(work.stackName, work.at);
  await awaitCopy(recovery, terminal);
  try {
    await restoreFrom(recovery, work, terminal);
  } catch (error) {
    const word = `The table ${recovery.copy} stays, and is paid for: run this again, and it is used, or delete it.`;
    if (error instanceof AdminRefusal) throw new AdminRefusal(`${error.message}\n${word}`, { cause: error });
    terminal.say(word);
    throw error;
  }
}

async function restoreFrom(recovery: Recovery, work: Restore, terminal: Terminal): Promise<void> {
  const { asker, scope, dryRun, json } = work;
  const states = await openStates(asker, recovery, terminal);
  typesOf(states, scope);
  const copy = await check(recovery, 'copy', states.earlier.registry, terminal);
  tellChecked(recovery.copy, copy, terminal);
  if (states.earlier.header !== states.present.header)
    terminal.say('The schemas have changed since: those of now stay. "scim schema show" and "scim schema apply" are for them.');
  const found = await findDifferences(states, scope, (count) => terminal.progress?.(counted(count, 'difference')));
  terminal.progress?.('');
  if (!json) showDifferences(found, terminal);
  if (dryRun) {
    if (json) terminal.print(JSON.stringify({ dryRun, copy: recovery.copy, problems: copy.problems, ...found }));
    terminal.say(`Nothing has been changed. The table ${recovery.copy} stays, and is paid for: restore without --dry-run, or delete it.`);
    return;
  }
  const back = await bringBackConfirmed(recovery, work, found, terminal);
  const present = await check(recovery, 'source', states.present.registry, terminal);
  tellChecked(recovery.source, present, terminal);
  if (json) terminal.print(JSON.stringify({ dryRun, ...shownOf(found, back, copy, present) }));
  requireAll(back, present, terminal);
  await end(recovery, work, terminal);
}

const shownOf = (found: Differences, { counts, refused }: BroughtBack, copy: Checked, present: Checked) => ({
  ...found,
  counts,
  refused: refused.map(({ message }) => message),
  problems: { copy: copy.problems, present: present.problems },
});

const NOTHING: BroughtBack = { counts: {}, refused: [], left: 0 };

async function bringBackConfirmed(recovery: Recovery, work: Restore, found: Differences, terminal: Terminal): Promise<BroughtBack> {
  const { asker, scope, tenant, confirm, json } = work;
  const changed = scope.wanted === 'all' ? found.changed.length : 0;
  const memberships = found.memberships.reduce((sum, { missing }) => sum + missing, 0);
  if (found.missing.length + changed + memberships === 0) {
    terminal.say('Nothing is to be brought back.');
    return NOTHING;
  }
  const what = `bring back ${counted(found.missing.length, 'resource')} and ${counted(memberships, 'membership')}, and put ${counted(changed, 'resource')} back to what they were`;
  await confirmByTyping(terminal, { what, name: tenant, confirm });
  const back = await bringBack(asker, recovery, scope, terminal);
  if (!json) for (const [name, count] of Object.entries(back.counts)) terminal.print(`${inWords(name)}  ${count}`);
  return back;
}

/** `membersAdded` is `members added`. */
const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const NAMED = 50;

/** @throws {AdminRefusal} something could not be brought back, or does not fit */
function requireAll({ refused, left }: BroughtBack, { problems }: Checked, { say }: Pick<Terminal, 'say'>): void {
  for (const { message } of refused.slice(0, NAMED)) say(`${message}.`);
  if (left > 0) throw new AdminRefusal(`${counted(left, 'line')} could not be brought back: see to what is named.`);
  if (problems.length > 0)
    throw new AdminRefusal(
      'The table contradicts itself in what is named above: run this again, and if it stays, ask for help with these lines.',
    );
}

async function end(recovery: Recovery, { keepTable }: Restore, terminal: Terminal): Promise<void> {
  if (!keepTable) await recovery.remove();
  terminal.say(
    keepTable
      ? `The table ${recovery.copy} stays, and is paid for: delete it when you are done.`
      : `The table ${recovery.copy} is deleted.`,
  );
}
