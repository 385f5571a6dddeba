import * as z from 'zod/mini';
import { shownBrakeSchema } from '../../../src/directory/brake/administer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { APPLICATION_FLAG, applicationOption } from '../app/application-option.ts';
import { printBrake } from './print-brake.ts';

const MINUTES = '--for-minutes takes a whole number';

export const brakeRelease = defineCommand({
  name: 'brake release',
  summary: 'Let an application disable and remove as many resources as it wants for some time.',
  flags: [
    ...ADMIN_FLAGS,
    APPLICATION_FLAG,
    { flags: '--for-minutes <number>', summary: 'how long nothing is held back or counted (default: 60)' },
  ],
  examples: ['scim brake release --local', 'scim brake release --tenant example --for-minutes 240'],
  options: z.object({
    ...adminOptions,
    ...applicationOption,
    forMinutes: z.optional(z.coerce.number(MINUTES)),
  }),
  run: async ({ json, by, app: application, forMinutes: minutes, ...target }, terminal) => {
    const request = { act: 'brake.release', by: by ?? terminal.userName, application, minutes } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: shownBrakeSchema }, terminal);
    printBrake(result, json, terminal);
  },
});
