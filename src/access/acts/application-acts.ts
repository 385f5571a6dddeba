import * as z from 'zod/mini';
import type { Json } from '../../scim/json.ts';
import { PRESET_NAMES } from '../presets.ts';
import { act, application, dryRun, newApplicationKey, plainText } from './fields.ts';

const preset = z.optional(z.enum(PRESET_NAMES, `must be one of ${PRESET_NAMES.join(', ')}`));
const title = z.optional(plainText);
const settings = z.optional(
  z.record(
    z.string(),
    z.custom<Json>(() => true),
    'must be an object of settings',
  ),
);

export const APPLICATION_ACTS = {
  'app.create': act('app.create', { application: newApplicationKey, title, preset, settings }),
  'app.list': act('app.list', {}),
  'app.show': act('app.show', { application }),
  'app.set': act('app.set', { application, title, preset, settings, dryRun }),
  'app.disable': act('app.disable', { application }),
  'app.enable': act('app.enable', { application }),
  'app.delete': act('app.delete', { application }),
  'app.export': act('app.export', {}),
  'app.apply': act('app.apply', {
    /** What an export gives. */
    document: z.custom<Json>((value) => value !== undefined, 'must be the JSON of an export of applications'),
    dryRun,
  }),
};
