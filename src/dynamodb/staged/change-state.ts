import type { ChangeState } from '../../directory/resource.ts';
import { anyOf, type Condition, isOther, isUnset } from '../condition.ts';
import { type Attributes, MalformedItem, optionalText } from '../item.ts';

/** Reads from a group's row where it stands with large changes. */
export function changeOf(row: Attributes): ChangeState {
  const id = optionalText(row, 'changeId');
  const phase = toPhase(optionalText(row, 'changePhase'));
  const last = optionalText(row, 'lastChangeId');
  return { ...(id !== undefined && { id }), ...(phase !== undefined && { phase }), ...(last !== undefined && { last }) };
}

function toPhase(text: string | undefined): ChangeState['phase'] {
  if (text === undefined || text === 'staging' || text === 'committed' || text === 'undoing') return text;
  throw new MalformedItem('a large change has no known phase');
}

/** Says whether the same member rows count in both. */
export const isSameState = (one: ChangeState, other: ChangeState): boolean =>
  one.id === other.id && one.phase === other.phase && one.last === other.last;

/** Nothing is staged: whatever is written now comes before or after a large change, not into the middle of it. */
export const isNotStaging: Condition = anyOf(isUnset('changePhase'), isOther('changePhase', 'staging'));
