import * as z from 'zod/mini';
import { shownApplicationSchema } from '../../../src/access/applications/answers.ts';
import { PRESET_NAMES } from '../../../src/access/presets.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { SET_FLAG, settingsOf } from './assignments.ts';
import { showApplication } from './shown.ts';

export const appCreate = defineCommand({
  name: 'app create',
  summary: 'Add an application: one more client of the tenant, with credentials and settings of its own.',
  argument: { name: 'app', summary: 'a key of your choice that commands know it by, such as entra-hr' },
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--title <text>', summary: 'what people call it (default: the name of its product)' },
    { flags: '--preset <name>', summary: 'begin with what this client or product needs', choices: PRESET_NAMES },
    SET_FLAG,
  ],
  examples: [
    'scim app create entra-hr --local --preset entra --title "Entra ID of HR"',
    'scim app create rfpio --tenant example --preset rfpio',
    'scim app create audit --local --set features.create=refuse features.update=refuse features.remove=refuse',
  ],
  options: z.strictObject({
    ...adminOptions,
    app: z.string(),
    title: z.optional(z.string()),
    preset: z.optional(z.enum(PRESET_NAMES)),
    set: z._default(z.array(z.string()), []),
  }),
  run: async ({ json, by, app, title, preset, set, ...target }, terminal) => {
    const settings = settingsOf(set);
    const request = { act: 'app.create', by: by ?? terminal.userName, application: app, title, preset, settings } as const;
    const asked = { target: targetOf(target, terminal), request, expect: shownApplicationSchema };
    const { result, tenantUrl } = await askAdmin(asked, terminal);
    if (json) terminal.print(JSON.stringify({ ...result, tenantUrl }));
    else showApplication(result, tenantUrl, terminal);
  },
});
