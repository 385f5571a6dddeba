import { type ChangedIpRanges, changedIpRangesSchema } from '../../../../src/access/ip-administration.ts';
import { askAdmin } from '../../../ask-admin.ts';
import { targetOf } from '../../../target.ts';
import type { Terminal } from '../../../terminal.ts';

type Change = {
  readonly local?: true | undefined;
  readonly tenant?: string | undefined;
  readonly by?: string | undefined;
  readonly json?: true | undefined;
  readonly app?: string | undefined;
  readonly dryRun?: true | undefined;
  readonly ranges: readonly string[];
};

/** Has an application's ranges changed, and says what came of it. */
export async function sendChange(
  act: 'app.ip.add' | 'app.ip.remove' | 'app.ip.replace',
  { json, by, app: application, dryRun, ranges, ...target }: Change,
  terminal: Terminal,
): Promise<void> {
  const request = { act, by: by ?? terminal.userName, application, ranges, dryRun } as const;
  const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: changedIpRangesSchema }, terminal);
  if (json) terminal.print(JSON.stringify(result));
  else describe(result).forEach(terminal.print);
}

function describe({ application, ipRanges, before, added, removed, dryRun }: ChangedIpRanges): readonly string[] {
  const [did, has] = dryRun ? ['Would add', 'would have'] : ['Added', 'has'];
  return [
    `${did} ${added} and ${dryRun ? 'remove' : 'removed'} ${removed}: application ${application} had ${counted(before)}, and ${has} ${counted(ipRanges.length)}.`,
    ipRanges.length === 0
      ? 'Without a range, requests are taken from everywhere.'
      : 'Requests from anywhere else are refused; this is followed within 30 seconds.',
    ...(dryRun ? ['Nothing has been changed.'] : []),
  ];
}

const counted = (count: number): string => (count === 1 ? '1 range' : `${count} ranges`);
