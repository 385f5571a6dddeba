import type { ShownRebuild } from '../../../../src/directory/mapping/answers.ts';

/** Says how far the profiles of a resource type have been made anew, and what is in the way. */
export function describeRebuild({ resourceType, state, seen, total, changed, stuck, stuckIds, finishedAt }: ShownRebuild): string {
  const left =
    stuck === 0 ? '' : `; ${stuck} could not be: with its profile, a resource is larger than one may be (${stuckIds.join(', ')})`;
  switch (state) {
    case 'waiting':
      return `${resourceType}: profiles are made anew in a minute, once every function has heard of the mapping.`;
    case 'running':
      return `${resourceType}: profiles are being made anew: ${percent(seen, total)} % (${seen} of ${total}, ${changed} changed)${left}.`;
    case 'done':
      return `${resourceType}: all profiles were made anew by ${finishedAt}: ${changed} of ${seen} changed${left}.`;
  }
}

/** More may have come meanwhile than there were. */
const percent = (seen: number, total: number): number => Math.min(99, Math.floor((100 * seen) / total));
