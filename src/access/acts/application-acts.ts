import * as z from 'zod/mini';
import type { Json } from '../../scim/json.ts';
import { PRESET_NAMES } from '../presets.ts';
import { act, application } from './fields.ts';

export const APPLICATION_ACTS = {
  'app.show': act('app.show', { application }),
  'app.set': act('app.set', {
    application,
    preset: z.optional(z.enum(PRESET_NAMES, `must be one of ${PRESET_NAMES.join(', ')}`)),
    settings: z.optional(
      z.record(
        z.string(),
        z.custom<Json>(() => true),
        'must be an object of settings',
      ),
    ),
  }),
};
