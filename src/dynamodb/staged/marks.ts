import type { ChangeState } from '../../directory/resource.ts';
import { type Attributes, optionalText } from '../item.ts';

/** The mark of a row that a large change adds, or takes away: the row counts only with it, or only without. */
export const markOf = {
  added: (changeId: string): string => `+${changeId}`,
  removed: (changeId: string): string => `-${changeId}`,
} as const;

export const ADDED = '+';
export const REMOVED = '-';

export const markIn = (row: Attributes): string | undefined => optionalText(row, 'change');

/** Says whether a row of a group in this state counts; undefined when the state does not name the change that marked it. */
export function counts(row: Attributes, { id, phase, last }: ChangeState): boolean | undefined {
  const mark = markIn(row);
  if (mark === undefined) return true;
  const changeId = mark.slice(1);
  if (changeId === last) return mark.startsWith(ADDED);
  return changeId === id && phase === 'staging' ? mark.startsWith(REMOVED) : undefined;
}

/** As `counts`, of a change that is known to be neither under way nor committed: its mark means nothing any more. */
export const countsWhenDead = (row: Attributes): boolean => !markIn(row)?.startsWith(ADDED);
