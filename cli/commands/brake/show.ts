import * as z from 'zod/mini';
import { shownBrakeSchema } from '../../../src/directory/brake/administer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { APPLICATION_FLAG, applicationOption } from '../app/application-option.ts';
import { printBrake } from './print-brake.ts';

export const brakeShow = defineCommand({
  name: 'brake show',
  summary: 'Show how many resources an application has disabled and removed within the hour, and whether it is held back.',
  flags: [...ADMIN_FLAGS, APPLICATION_FLAG],
  examples: ['scim brake show --local', 'scim brake show --tenant example --app entra --json'],
  options: z.object({ ...adminOptions, ...applicationOption }),
  run: async ({ json, by, app: application, ...target }, terminal) => {
    const request = { act: 'brake.show', by: by ?? terminal.userName, application } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: shownBrakeSchema }, terminal);
    printBrake(result, json, terminal);
  },
});
