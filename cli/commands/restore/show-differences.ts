import type { Terminal } from '../../terminal.ts';
import { counted, grouped } from '../transfer/rate.ts';
import type { Differences } from './find-differences.ts';

/** Named of each kind; all are counted, and in the JSON. */
const NAMED = 10;

type Row = { readonly type: string; readonly id: string; readonly name?: string | undefined; readonly attributes?: readonly string[] };

/** Shows what is not as it was: counts, and the first of each kind. */
export function showDifferences({ missing, changed, new: added, memberships }: Differences, { print }: Pick<Terminal, 'print'>): void {
  showKind(`${counted(missing.length, 'resource')} missing now`, missing, print);
  showKind(`${counted(changed.length, 'resource')} changed since`, changed, print);
  showKind(`${counted(added.length, 'resource')} new since`, added, print);
  const sum = (kind: 'missing' | 'new'): string => grouped(memberships.reduce((total, group) => total + group[kind], 0));
  print(`memberships: ${sum('missing')} missing now, ${sum('new')} new since, in ${counted(memberships.length, 'group')}`);
  for (const { group, ...counts } of memberships.slice(0, NAMED))
    print(`  Group ${group}: ${grouped(counts.missing)} missing, ${grouped(counts.new)} new`);
}

function showKind(title: string, rows: readonly Row[], print: Terminal['print']): void {
  print(title);
  for (const { type, id, name = '', attributes = [] } of rows.slice(0, NAMED))
    print(`  ${type} ${id} ${name}${attributes.length > 0 ? ` (${attributes.join(', ')})` : ''}`.trimEnd());
  if (rows.length > NAMED) print(`  and ${grouped(rows.length - NAMED)} more; --json names them all`);
}
