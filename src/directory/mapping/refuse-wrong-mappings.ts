import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { Application } from '../../access/application.ts';
import { presetNameOf } from '../../access/applications/document.ts';
import { ScimError } from '../../scim/errors.ts';
import { judgeMapping } from '../../scim/mapping/parse.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { StoreCall } from '../ports.ts';
import { withPresetSchemas } from '../schemas/add-preset-schemas.ts';
import { readCurrent, type SchemaAdministration } from '../schemas/administer.ts';

/**
 * Sees to it that mappings of applications that are brought in name what there is here, or comes with their presets.
 *
 * @throws {AdminRefusal} naming each mistake, and the application whose it is
 */
export async function refuseWrongMappings(
  administration: SchemaAdministration,
  applications: readonly Pick<Application, 'key' | 'mapping' | 'preset'>[],
  call: StoreCall,
): Promise<void> {
  if (applications.every(({ mapping }) => mapping === undefined)) return;
  const { customization } = await readCurrent(administration, call);
  const wanted = withPresetSchemas(administration, customization, applications.map(presetNameOf));
  const registry = buildRegistry(administration.builtIn, wanted);
  const mistakes = applications.flatMap((application) => mistakesOf(registry, application));
  if (mistakes.length > 0) throw new AdminRefusal(mistakes.join('\n'));
}

function mistakesOf(registry: Registry, { key, mapping }: Pick<Application, 'key' | 'mapping'>): readonly string[] {
  if (mapping === undefined) return [];
  try {
    judgeMapping(registry, mapping);
    return [];
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return error.message.split('\n').map((line) => `mapping of ${key}: ${line}`);
  }
}
