import { type PresetName, presetOf } from '../../access/presets.ts';
import { applyFile } from '../../scim/schema/custom/apply-file.ts';
import type { Customization } from '../../scim/schema/custom/customization.ts';
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
  if (extensionsOf(presets).length === 0) return;
  await changeSchemas(administration, (current) => withPresetSchemas(administration, current, presets), false, call);
}

/** The schemas there will be once the presets' are added. */
export const withPresetSchemas = (
  { builtIn }: Pick<SchemaAdministration, 'builtIn'>,
  current: Customization,
  presets: readonly (PresetName | undefined)[],
): Customization =>
  extensionsOf(presets).reduce((schemas, name) => {
    const { id, document } = PRESET_SCHEMAS[name];
    const isThere = schemas.schemas.some((schema) => schema.id === id);
    return isThere ? schemas : applyFile(builtIn, schemas, parseSchemaFile(document), { extends: 'User' });
  }, current);

const extensionsOf = (presets: readonly (PresetName | undefined)[]) => [
  ...new Set(presets.flatMap((preset) => (preset === undefined ? [] : (presetOf(preset).extension ?? [])))),
];
