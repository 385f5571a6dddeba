import { AdminRefusal } from '../../access/admin-refusal.ts';
import { isObject, type Json } from '../../scim/json.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import { knownWords } from '../../scim/schema/custom/known-words.ts';
import type { StoreCall } from '../ports.ts';
import { readCurrent, type SchemaAdministration } from './administer.ts';

/**
 * Sees to it that settings name resource types there are: a slip in `resourceTypes` would hide the others from the client.
 *
 * @throws {AdminRefusal} naming each type that is not known, and what would be right
 */
export async function refuseUnknownTypes(
  administration: SchemaAdministration,
  settings: readonly (Settings | undefined)[],
  call: StoreCall,
): Promise<void> {
  const named = settings.flatMap((each) => (each === undefined ? [] : typesNamedIn(each)));
  if (named.length === 0) return;
  const { customization } = await readCurrent(administration, call);
  const types = buildRegistry(administration.builtIn, customization).map(({ name }) => name);
  const unknown = named.flatMap(({ setting, name }) => (typeof name === 'string' && !types.includes(name) ? [{ setting, name }] : []));
  if (unknown.length > 0) throw new AdminRefusal(unknown.map(({ setting, name }) => noSuchType(setting, name, types)).join('\n'));
}

type Settings = Readonly<Record<string, Json>>;

const typesNamedIn = ({ resourceTypes, patchAnswer }: Settings): readonly { readonly setting: string; readonly name: Json }[] => [
  ...(Array.isArray(resourceTypes) ? resourceTypes : []).map((name) => ({ setting: 'resourceTypes', name })),
  ...(isObject(patchAnswer) ? Object.entries(patchAnswer) : [])
    .filter(([, answer]) => answer !== null)
    .map(([name]) => ({ setting: 'patchAnswer', name })),
];

const noSuchType = (setting: string, name: string, types: readonly string[]): string =>
  `setting "${setting}": there is no resource type ${JSON.stringify(name)}${knownWords(name, types)}`;
