import * as z from 'zod/mini';
import { setApplicationSchema } from '../../../src/access/applications/answers.ts';
import { PRESET_NAMES } from '../../../src/access/presets.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { APPLICATION_ARGUMENT } from './application-option.ts';
import { SET_FLAG, settingsOf } from './assignments.ts';
import { showApplicationChanges } from './shown.ts';

export const appSet = defineCommand({
  name: 'app set',
  summary: "Change an application's title and settings; they are followed within 30 seconds.",
  argument: { ...APPLICATION_ARGUMENT, isOptional: true },
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--title <text>', summary: 'what people call it' },
    {
      flags: '--preset <name>',
      summary: 'begin with what this client or product needs, in place of the present settings but ranges, seats, brake and me',
      choices: PRESET_NAMES,
    },
    SET_FLAG,
    { flags: '--dry-run', summary: 'show what would change, and change nothing' },
  ],
  examples: [
    'scim app set --local --preset entra',
    'scim app set entra-hr --local --set unknownMembers=ignore patchAnswer.Group=resource',
    'scim app set rfpio --tenant example --set \'resourceTypes=["User"]\' --set credentials.expiresInDays=never --dry-run',
  ],
  options: z.strictObject({
    ...adminOptions,
    app: z.optional(z.string()),
    title: z.optional(z.string()),
    preset: z.optional(z.enum(PRESET_NAMES)),
    set: z._default(z.array(z.string()), []),
    dryRun: z.optional(z.literal(true)),
  }),
  run: async ({ json, by, app, title, preset, set, dryRun, ...target }, terminal) => {
    if (preset === undefined && title === undefined && set.length === 0)
      throw new UsageError('Say what to change: --preset NAME, --title TEXT, or --set SETTING=VALUE.');
    const change = { application: app, title, preset, settings: settingsOf(set), dryRun };
    const request = { act: 'app.set', by: by ?? terminal.userName, ...change } as const;
    const asked = { target: targetOf(target, terminal), request, expect: setApplicationSchema };
    const { result } = await askAdmin(asked, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else showApplicationChanges(result, terminal);
  },
});
