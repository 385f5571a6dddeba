import * as z from 'zod/mini';
import { exportedApplicationsSchema } from '../../../src/access/applications/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const appExport = defineCommand({
  name: 'app export',
  summary: 'Print all applications with their settings as JSON that "scim app apply" takes; no credentials.',
  flags: ADMIN_FLAGS,
  examples: ['scim app export --local > applications.json', 'scim app export --tenant example'],
  options: z.strictObject(adminOptions),
  run: async ({ json, by, ...target }, terminal) => {
    const request = { act: 'app.export', by: by ?? terminal.userName } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: exportedApplicationsSchema }, terminal);
    terminal.print(JSON.stringify(result.document, null, json ? 0 : 2));
  },
});
