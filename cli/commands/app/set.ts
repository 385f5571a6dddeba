import * as z from 'zod/mini';
import { shownApplicationSchema } from '../../../src/access/admin-answer.ts';
import type { PolicyChanges } from '../../../src/access/change-policy.ts';
import { PRESET_NAMES } from '../../../src/access/presets.ts';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { showApplication } from './show-application.ts';

export const appSet = defineCommand({
  name: 'app set',
  summary: "Change an application's settings; they are followed within 30 seconds.",
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--preset <name>', summary: 'begin with what this client needs, in place of the present settings', choices: PRESET_NAMES },
    {
      flags: '--set <setting=value...>',
      summary: 'what to change: a setting, or an entry of one after a dot, and its value in JSON or as plain text; null means the default',
    },
  ],
  examples: [
    'scim app set --local --preset entra',
    'scim app set --local --set unknownMembers=ignore patchAnswer.Group=resource',
    'scim app set --tenant example --set \'resourceTypes=["User"]\' --set features.remove=ignore',
  ],
  options: z.object({
    ...adminOptions,
    preset: z.optional(z.enum(PRESET_NAMES)),
    set: z._default(z.array(z.string()), []),
  }),
  run: async ({ json, by, preset, set, ...target }, terminal) => {
    if (preset === undefined && set.length === 0) throw new UsageError('Say what to change: --preset NAME, or --set SETTING=VALUE.');
    const request = { act: 'app.set', by: by ?? terminal.userName, preset, settings: settingsOf(set) } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: shownApplicationSchema }, terminal);
    showApplication(result, json, terminal);
  },
});

function settingsOf(assignments: readonly string[]): PolicyChanges {
  const [whole, parts] = [new Map<string, Json>(), new Map<string, JsonObject>()];
  for (const assignment of assignments) {
    const { setting, entry, value } = parseAssignment(assignment);
    if (entry === undefined) whole.set(setting, value);
    else parts.set(setting, { ...parts.get(setting), [entry]: value });
  }
  const both = [...whole.keys()].find((setting) => parts.has(setting));
  if (both !== undefined) throw new UsageError(`"${both}" is set as a whole and by its entries; run one command for each.`);
  return Object.fromEntries([...whole, ...parts]);
}

function parseAssignment(assignment: string) {
  const match = /^(\w+)(?:\.([\w-]+))?=(.*)$/s.exec(assignment);
  if (!match) throw new UsageError(`--set takes SETTING=VALUE or SETTING.ENTRY=VALUE, not "${assignment}".`);
  const [, setting = '', entry, text = ''] = match;
  return { setting, entry, value: parseValue(text) };
}

/** JSON where it is JSON, so that `ignore` needs no quotes of its own. */
function parseValue(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
