import { type PresetName, presetOf } from '../../access/presets.ts';
import { applyFile } from '../../scim/schema/custom/apply-file.ts';
import { parseSchemaFile } from '../../scim/schema/custom/parse.ts';
import type { StoreCall } from '../ports.ts';
import type { SchemaAdministration } from './administer.ts';
import { changeSchemas } from './change-schemas.ts';
import { PRESET_SCHEMAS } from './preset-schemas.ts';

/**
 * Adds the extensions that the presets' clients send. One that is there already stays as it is: an operator may have
 * changed it.
 *
 * @throws {AdminRefusal} as `schema apply`
 */
export async function addPresetSchemas(
  administration: SchemaAdministration,
  presets: readonly (PresetName | undefined)[],
  call: StoreCall,
): Promise<void> {
  const names = new Set(presets.flatMap((preset) => (preset === undefined ? [] : (presetOf(preset).extension ?? []))));
  for (const name of names) {
    const { id, document } = PRESET_SCHEMAS[name];
    const file = parseSchemaFile(document);
    await changeSchemas(
      administration,
      (current) =>
        current.schemas.some((schema) => schema.id === id)
          ? current
          : applyFile(administration.builtIn, current, file, { extends: 'User' }),
      false,
      call,
    );
  }
}
