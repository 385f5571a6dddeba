import type { ChangedSchemas } from '../../../src/directory/schemas/answers.ts';
import { columns } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

/** Prints what was added, changed, removed or left, a line each. */
export function showChanges({ dryRun, changes }: ChangedSchemas, { print, say }: Terminal): void {
  columns(changes.map(({ kind, subject, detail = '' }) => [kind, subject, detail])).forEach(print);
  const isChange = changes.some(({ kind }) => kind !== 'unchanged');
  if (!isChange) say('Nothing is to be changed.');
  else say(dryRun ? 'Nothing has been changed: this is what would be.' : 'It is in effect within 30 seconds.');
}
