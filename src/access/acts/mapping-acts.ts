import * as z from 'zod/mini';
import type { Json } from '../../scim/json.ts';
import { act, application, applicationKey, dryRun, resourceType } from './fields.ts';

const MAX_NAME = 1_024;
const RESOURCE = `must be an id, or a name of 1 to ${MAX_NAME} characters`;

const json = (what: string) => z.custom<Json>((value) => value !== undefined, `must be the JSON of ${what}`);

export const MAPPING_ACTS = {
  'app.map.show': act('app.map.show', { application }),
  'app.map.set': act('app.map.set', { application, mapping: json('a mapping'), dryRun }),
  'app.map.remove': act('app.map.remove', { application, dryRun }),
  /** What would come out for a resource that is there, or for the body of a POST; nothing is written. */
  'app.map.test': act('app.map.test', {
    /** Without it, the one that created the resource. */
    application: z.optional(applicationKey),
    type: resourceType,
    resource: z.optional(z.string(RESOURCE).check(z.minLength(1, RESOURCE), z.maxLength(MAX_NAME, RESOURCE))),
    body: z.optional(json('a resource')),
    /** In place of the one that is set. */
    mapping: z.optional(json('a mapping')),
  }),
};
