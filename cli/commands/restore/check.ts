import type { Recovery } from '../../../src/runtime/recovery.ts';
import type { Registry } from '../../../src/scim/schema/resource-type.ts';
import type { Terminal } from '../../terminal.ts';
import { counted, grouped } from '../transfer/rate.ts';

/** Of a table that is written to, what does not fit is looked at again: what was just being changed fits by then. */
const LOOKS = { copy: 1, source: 3 } as const;
const PAUSE_MS = 2_000;

export type Checked = { readonly items: number; readonly problems: readonly string[] };

/** Looks through one of the two tables; what stays a contradiction each time is one. */
export async function check(
  recovery: Recovery,
  which: 'copy' | 'source',
  registry: Registry,
  terminal: Pick<Terminal, 'progress' | 'pause'>,
): Promise<Checked> {
  let checked: Checked | undefined;
  for (let look = 0; look < LOOKS[which] && (checked === undefined || checked.problems.length > 0); look += 1) {
    if (checked !== undefined) await terminal.pause(PAUSE_MS);
    const found = await recovery.check(recovery[which], registry, (items) => terminal.progress?.(`${grouped(items)} items checked`));
    const { problems }: Checked = checked ?? found;
    checked = { items: found.items, problems: found.problems.filter((problem) => problems.includes(problem)) };
  }
  terminal.progress?.('');
  return checked ?? { items: 0, problems: [] };
}

const NAMED = 10;

export function tellChecked(name: string, { items, problems }: Checked, { say }: Pick<Terminal, 'say'>): void {
  say(`${counted(items, 'item')} of ${name}: ${problems.length === 0 ? 'no contradiction' : counted(problems.length, 'contradiction')}.`);
  for (const problem of problems.slice(0, NAMED)) say(`  ${problem}`);
}
