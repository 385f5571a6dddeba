import * as z from 'zod/mini';
import { isObject, type Json, type JsonObject } from '../../scim/json.ts';
import { type AttributeMapping, mappingShape } from '../../scim/mapping/shape.ts';
import { same } from '../../scim/same.ts';
import { newApplicationKey, plainText } from '../acts/fields.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import { type Application, MAX_APPLICATIONS } from '../application.ts';
import { changeSettings, DEFAULT_SETTINGS, type Settings, settingsOf, writtenDown } from '../change-settings.ts';
import { PRESET_NAMES, type PresetName } from '../presets.ts';

const FORMAT = 'serverless-scim/applications';

const documentSchema = z.strictObject({
  format: z.literal(FORMAT, `must be "${FORMAT}"`),
  version: z.literal(1, 'must be 1'),
  applications: z.array(
    z.strictObject({
      key: newApplicationKey,
      title: plainText,
      preset: z.optional(z.enum(PRESET_NAMES, `must be one of ${PRESET_NAMES.join(', ')}`)),
      state: z._default(z.enum(['enabled', 'disabled'], 'must be "enabled" or "disabled"'), 'enabled'),
      /** What differs from the preset, or from the defaults. */
      settings: z._default(z.record(z.string(), z.json(), 'must be an object of settings'), {}),
      mapping: z.optional(mappingShape),
    }),
    'must be a list',
  ),
});

/** Writes down applications without their credentials: what differs from their presets, or from the defaults. */
export const printApplications = (all: readonly Application[]): Json => ({
  format: FORMAT,
  version: 1,
  applications: all.map(({ key, title, preset, state, mapping, ...settings }) => {
    const known = presetNameOf({ preset });
    return {
      key,
      title,
      ...(known && { preset: known }),
      state,
      settings: overrides(settings, known),
      ...(mapping && { mapping: asJson(mapping) }),
    };
  }),
});

/**
 * Reads what an export gives, or a person has written.
 *
 * @throws {AdminRefusal} naming every mistake, so that nothing is applied of a file that holds one
 */
export function parseApplications(document: Json, at: Date): readonly Application[] {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) throw new AdminRefusal(parsed.error.issues.map(({ path, message }) => `"${path.join('.')}" ${message}`).join('\n'));
  const { applications } = parsed.data;
  const mistakes: string[] = [];
  const read = applications.flatMap(({ key, title, preset, state, settings, mapping }, index): readonly Application[] => {
    try {
      const decided = changeSettings(DEFAULT_SETTINGS, { preset, settings });
      const own = { key, title, ...(preset && { preset }), state, ...(mapping && { mapping }) };
      return [{ ...own, ...decided, schemaVersion: 1, createdAt: at.toISOString() }];
    } catch (error) {
      if (!(error instanceof AdminRefusal)) throw error;
      mistakes.push(...error.message.split('\n').map((line) => `applications.${index} (${key}): ${line}`));
      return [];
    }
  });
  const twice = applications.map(({ key }) => key).find((key, index, keys) => keys.indexOf(key) !== index);
  if (twice !== undefined) mistakes.push(`application "${twice}" stands in the file twice: keep one of them`);
  if (applications.length > MAX_APPLICATIONS)
    mistakes.push(`there are ${applications.length} applications, and ${MAX_APPLICATIONS} is the most`);
  if (mistakes.length > 0) throw new AdminRefusal(mistakes.join('\n'));
  return read;
}

const asJson = (mapping: AttributeMapping): JsonObject => JSON.parse(JSON.stringify(mapping));

/** A stored application may name a preset of a later version. */
export const presetNameOf = ({ preset }: Pick<Application, 'preset'>): PresetName | undefined =>
  PRESET_NAMES.find((name) => name === preset);

/** What must be set, on top of the preset or the defaults, to come to these settings; null for what goes. */
function overrides(settings: Settings, preset: PresetName | undefined): JsonObject {
  const base = writtenDown(preset === undefined ? DEFAULT_SETTINGS : settingsOf(preset));
  return difference(base, writtenDown(settings));
}

function difference(base: JsonObject, wanted: JsonObject): JsonObject {
  const names = [...new Set([...Object.keys(base), ...Object.keys(wanted)])];
  return Object.fromEntries(
    names.flatMap((name): readonly (readonly [string, Json])[] => {
      const [from = null, to = null] = [base[name], wanted[name]];
      if (same(from, to)) return [];
      return [[name, isObject(from) && isObject(to) ? difference(from, to) : to]];
    }),
  );
}
