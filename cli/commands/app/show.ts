import * as z from 'zod/mini';
import { shownApplicationSchema } from '../../../src/access/applications/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { APPLICATION_ARGUMENT } from './application-option.ts';
import { showApplication } from './shown.ts';

export const appShow = defineCommand({
  name: 'app show',
  summary: 'Show what to paste into the client, the credentials and the settings of an application.',
  argument: { ...APPLICATION_ARGUMENT, isOptional: true },
  flags: ADMIN_FLAGS,
  examples: ['scim app show --local', 'scim app show entra-hr --tenant example --json'],
  options: z.object({ ...adminOptions, app: z.optional(z.string()) }),
  run: async ({ json, by, app, ...target }, terminal) => {
    const request = { act: 'app.show', by: by ?? terminal.userName, application: app } as const;
    const asked = { target: targetOf(target, terminal), request, expect: shownApplicationSchema };
    const { result, tenantUrl } = await askAdmin(asked, terminal);
    if (json) terminal.print(JSON.stringify({ ...result, tenantUrl }));
    else showApplication(result, tenantUrl, terminal);
  },
});
