import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import type { UnknownMembers } from '../../../src/directory/transfer/answers.ts';
import type { Terminal } from '../../terminal.ts';
import { grouped } from './rate.ts';
import type { ImportOutcome } from './send-import.ts';

/**
 * Shows what became of the lines, and names those of which not all could be done.
 *
 * @throws {AdminRefusal} when lines were refused
 */
export function showImport(outcome: ImportOutcome, json: true | undefined, { print, say }: Pick<Terminal, 'print' | 'say'>): void {
  const { counts, refused, unknown, dryRun, schemas } = outcome;
  if (json) print(JSON.stringify(outcome));
  else for (const [name, count] of [...schemaRows(schemas), ...Object.entries(counts)]) print(`${inWords(name)}  ${grouped(count)}`);
  for (const one of unknown) say(describe(one));
  for (const { line, message } of refused) say(`line ${line}: ${message}.`);
  if (refused.length > 0) throw new AdminRefusal(summary(outcome));
  if (dryRun) say('Nothing has been changed: this is what would be.');
  else if (schemas === 'applied') say('The schemas are in effect everywhere within 30 seconds.');
}

/** `membersAdded` is `members added`. */
const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const schemaRows = (schemas: ImportOutcome['schemas']): readonly (readonly [string, number])[] =>
  schemas === 'same' ? [] : [[`schemas ${schemas}`, 1]];

function describe({ line, group, count, ids, isGroupUnknown }: UnknownMembers): string {
  if (isGroupUnknown) return `line ${line}: the group ${group} is not there, so ${grouped(count)} members of it are left out.`;
  const more = count > ids.length ? ` and ${grouped(count - ids.length)} more` : '';
  return `line ${line}: members of ${group} that are not there are left out: ${ids.join(', ')}${more}.`;
}

function summary({ counts, dryRun, upTo }: ImportOutcome): string {
  const count = counts['refused'] ?? 0;
  const lines = count === 1 ? 'One line is' : `${grouped(count)} lines are`;
  return dryRun
    ? `${lines} refused; nothing has been changed.`
    : `${lines} refused, and no line behind ${upTo} was looked at. What was not refused is in: see to these, and run it again.`;
}
