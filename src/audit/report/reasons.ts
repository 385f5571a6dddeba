import { REFUSALS } from '../../scim/errors.ts';
import type { WriteLine } from './lines.ts';

const WORDS: ReadonlyMap<string, string> = new Map(Object.entries(REFUSALS).map(([kind, { detail }]) => [kind, detail]));

const EFFECTS = {
  removed: 'The user was disabled, and deleteDeactivatedUsers has it removed.',
  kept: 'deleteDeactivatedUsers has a removed user kept: it is hidden, and can be restored.',
  returned: 'A former user of this name and externalId is back, under the id it had.',
} as const;

const IGNORED = 'The policy of the application ignores this: it was answered as done, and nothing was changed.';
const UNFORESEEN = 'A failure nobody foresaw: the log has a line unexpectedError of this request.';
const MADE = 'The change is made, but its answer could not be given:';

/** Why it came to this, in words; undefined where there is nothing to explain. */
export function reasonOfWrite(line: WriteLine, isMade: boolean): string | undefined {
  if (line.status >= 400) return isMade ? `${MADE} ${reasonOfRefusal(line)}` : reasonOfRefusal(line);
  if (line.policy === 'ignore') return IGNORED;
  return line.effect === undefined ? undefined : EFFECTS[line.effect];
}

function reasonOfRefusal({ refusal, ...line }: WriteLine): string {
  if (refusal === undefined) return UNFORESEEN;
  const detail = 'reason' in line && line.reason !== undefined ? `, ${line.reason}` : '';
  return WORDS.get(refusal) ?? `The token endpoint has refused it: ${refusal}${detail}.`;
}

export const reasonOfBrake = (limit: number): string =>
  `${limit} resources were disabled or removed within an hour, the maxRemovalsPerHour of the application: the brake holds back all others.`;

export const REFUSED_ACT = 'The act was refused: its answer said why.';
export const FAILED_ACT = UNFORESEEN;

export const reasonOfImport = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
