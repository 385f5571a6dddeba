import * as z from 'zod/mini';
import { act, application } from './fields.ts';

const MAX_RELEASE_MINUTES = 1_440;
const DEFAULT_RELEASE_MINUTES = 60;
const MINUTES = `must be a whole number of minutes from 1 to ${MAX_RELEASE_MINUTES}`;
const minutes = z._default(z.int(MINUTES).check(z.gte(1, MINUTES), z.lte(MAX_RELEASE_MINUTES, MINUTES)), DEFAULT_RELEASE_MINUTES);

export const BRAKE_ACTS = {
  'brake.show': act('brake.show', { application }),
  'brake.release': act('brake.release', { application, minutes }),
};
