import { ScimError } from '../scim/errors.ts';
import type { Directory, RequestContext } from './context.ts';

/** What one request may look at, in bytes of resources: about 8,000 read units. */
const MAX_SCAN_BYTES = 32 * 1024 * 1024;
/** Time kept back from the deadline to answer in. */
const ANSWER_MS = 1_000;

/** A page by cursor looks at so much at most, and ends then, however few it has found: the next one goes on. */
const MAX_PAGE_SCAN_BYTES = 8 * 1024 * 1024;
const MAX_PAGE_SCAN_MS = 5_000;

/** How much may be looked at. */
export type Budget = { readonly spend: (bytes: number) => void; readonly isSpent: () => boolean };

/** For an answer that has to be complete. */
export const wholeBudget = ({ clock }: Pick<Directory, 'clock'>, { deadlineMs }: RequestContext): Budget =>
  openBudget(MAX_SCAN_BYTES, deadlineMs - ANSWER_MS, clock);

/** For a page behind which others come. */
export const pageBudget = ({ clock }: Pick<Directory, 'clock'>, { deadlineMs }: RequestContext): Budget =>
  openBudget(MAX_PAGE_SCAN_BYTES, Math.min(clock() + MAX_PAGE_SCAN_MS, deadlineMs - ANSWER_MS), clock);

function openBudget(maxBytes: number, untilMs: number, clock: () => number): Budget {
  let spent = 0;
  return {
    spend: (bytes) => {
      spent += bytes;
    },
    isSpent: () => spent > maxBytes || clock() > untilMs,
  };
}

const KEYS = 'narrow it with "eq" on id, userName, displayName of groups, externalId, emails.value or groups.value';

/** @throws {ScimError} tooMany — always */
export function refuseWalk(list: 'sorted' | 'unsorted'): never {
  const advice = list === 'sorted' ? `or leave "sortBy" out and page with "cursor"` : `or page with "cursor" in place of "startIndex"`;
  throw new ScimError('tooMany', `The query would have to look at more resources than one request may; ${KEYS}, ${advice}.`);
}
