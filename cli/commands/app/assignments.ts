import type { SettingsChanges } from '../../../src/access/change-settings.ts';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { type Flag, UsageError } from '../../command.ts';

export const SET_FLAG: Flag = {
  flags: '--set <setting=value...>',
  summary: 'what to change: a setting, or an entry of one after a dot, and its value in JSON or as plain text; null means the default',
};

/** @throws {UsageError} unless each is SETTING=VALUE or SETTING.ENTRY=VALUE, and nothing is set in both ways */
export function settingsOf(assignments: readonly string[]): SettingsChanges {
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
