import type { FleetOutcome } from './run-fleet.ts';

type Line = {
  readonly tenants: readonly string[];
  readonly all?: true | undefined;
  readonly canary?: string | undefined;
  readonly thenAll?: true | undefined;
  readonly dryRun: boolean;
};

/** What was not begun, and the command that goes on with it; undefined where all is done. */
export function howToGoOn({ done, left, stopped }: FleetOutcome, line: Line): string | undefined {
  const last = done.at(-1);
  const isFailed = last?.outcome.kind === 'failed';
  if (!isFailed && !stopped) return undefined;
  const next = isFailed ? last.stack : left[0];
  const upgraded = done.filter(({ outcome }) => outcome.kind === 'upgraded').map(({ stack }) => stack);
  return [
    isFailed ? `The upgrade ended at ${last.stack}.` : 'The upgrade was ended.',
    `Upgraded: ${upgraded.join(', ') || 'none'}. Not begun: ${left.join(', ') || 'none'}.`,
    `Go on with: npm run scim -- ${commandFrom(next ?? '', line)}`,
  ].join('\n');
}

/** The account's stack comes first in any case. */
function commandFrom(stack: string, { tenants, all, canary, thenAll, dryRun }: Line): string {
  const which = all ? ['--all'] : canary === undefined ? tenants : ['--canary', canary, ...(thenAll ? ['--then-all'] : [])];
  const from = stack === 'scim-account' ? [] : ['--from', stack.replace(/^scim-/, '')];
  return ['tenant upgrade', ...which, ...from, ...(dryRun ? ['--dry-run'] : [])].join(' ');
}
