import * as z from 'zod/mini';
import { shownApplicationSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { showApplication } from './show-application.ts';

export const appShow = defineCommand({
  name: 'app show',
  summary: "Show an application's settings.",
  flags: ADMIN_FLAGS,
  examples: ['scim app show --local', 'scim app show --tenant example --json'],
  options: z.object(adminOptions),
  run: async ({ json, by, ...target }, terminal) => {
    const { result } = await askAdmin(
      { target: targetOf(target, terminal), request: { act: 'app.show', by: by ?? terminal.userName }, expect: shownApplicationSchema },
      terminal,
    );
    showApplication(result, json, terminal);
  },
});
