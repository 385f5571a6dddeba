import * as z from 'zod/mini';
import { act, resourceType } from './fields.ts';

const MAX_NAME = 1_024;
const RESOURCE = `must be an id, or a name of 1 to ${MAX_NAME} characters`;
/** Its id, or the name it has or had. */
export const resource = z.string(RESOURCE).check(z.minLength(1, RESOURCE), z.maxLength(MAX_NAME, RESOURCE));

export const RESOURCE_ACTS = {
  'resource.removed': act('resource.removed', { type: resourceType }),
  'resource.restore': act('resource.restore', { type: resourceType, resource }),
};
