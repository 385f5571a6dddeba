import type { MATCHING_ACTS } from '../../../src/access/acts/matching-acts.ts';
import { addMatching } from '../../../src/directory/matching/add-matching.ts';
import { listMatching } from '../../../src/directory/matching/list-matching.ts';
import { removeMatching } from '../../../src/directory/matching/remove-matching.ts';
import type { Performers } from './performer.ts';

export const MATCHING_PERFORMERS: Performers<keyof typeof MATCHING_ACTS> = {
  'matching.list': ({ matchingAdministration }, asked, call) => listMatching(matchingAdministration, asked, call),
  'matching.add': ({ matchingAdministration }, asked, call) => addMatching(matchingAdministration, asked, call),
  'matching.remove': ({ matchingAdministration }, asked, call) => removeMatching(matchingAdministration, asked, call),
};
