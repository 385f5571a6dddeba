import type { ChangedMapping } from '../../../../src/directory/mapping/answers.ts';
import { columns } from '../../../table.ts';
import type { Terminal } from '../../../terminal.ts';
import { describeEntry } from './describe-entry.ts';

/** Prints what becomes of each attribute, a line each. */
export function showMappingChanges({ dryRun, changes }: ChangedMapping, { print, say }: Terminal): void {
  columns(changes.map(lineOf)).forEach(print);
  const isChange = changes.some(({ kind }) => kind !== 'unchanged');
  if (!isChange) say('Nothing is to be changed.');
  else
    say(
      dryRun
        ? 'Nothing has been changed: this is what would be.'
        : 'It is in effect within 30 seconds; "scim app map show" says how far the profiles there are have been made anew.',
    );
}

function lineOf({ kind, resourceType, target, from, to }: ChangedMapping['changes'][number]): readonly string[] {
  const [was, is] = [from, to].map((entry) => (entry === undefined ? '' : describeEntry(entry)));
  return [kind, resourceType, target, kind === 'changed' ? `${was} -> ${is}` : ((is || was) ?? '')];
}
