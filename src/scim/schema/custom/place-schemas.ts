import type { Registry, Schema } from '../resource-type.ts';
import { type Customization, isSameName, withoutDuplicates } from './customization.ts';
import { refusal } from './document.ts';
import { knownWords } from './known-words.ts';
import { lastSegment } from './parse.ts';
import { typeCalled, withExtension, withType } from './state-types.ts';

/** What the operator says beside the file. */
export type Placing = {
  /** Name of the resource type that the schema extends. */
  readonly extends?: string | undefined;
  readonly required?: boolean | undefined;
  /** Where the resource type of the schema is to be found: `/Devices`. */
  readonly endpoint?: string | undefined;
};

/**
 * Finds a use for each schema of a file: what the operator says, what it was used for before, or what its URN tells.
 *
 * @throws {ScimError} invalidValue — it is left open, with the ways to say it
 */
export function placeSchemas(builtIn: Registry, current: Customization, schemas: readonly Schema[], placing: Placing): Customization {
  const names = withoutDuplicates([...builtIn, ...current.types].map(({ name }) => name));
  const fault = placingFault(names, current, schemas, placing);
  if (fault !== undefined) throw refusal([fault]);
  const placed = schemas.reduce((customization, schema) => place(names, customization, schema, placing), current);
  const open = schemas.filter((schema) => !isUsed(placed, schema));
  if (open.length > 0) throw refusal(open.map(({ id }) => noUse(id)));
  return placed;
}

/** What is said and could not be done is refused: the operator would take it for done. */
function placingFault(names: readonly string[], current: Customization, schemas: readonly Schema[], placing: Placing): string | undefined {
  const { extends: extended, endpoint, required } = placing;
  if (extended !== undefined && endpoint !== undefined)
    return 'A schema either extends a resource type or has an endpoint of its own; say one of the two.';
  if (required && endpoint !== undefined) return 'Only an extension can be required; leave --required out, or --endpoint.';
  if (endpoint !== undefined && schemas.length !== 1)
    return 'An endpoint can be said for one schema only; put a ResourceType for each into the file.';
  if (extended !== undefined && !names.includes(extended))
    return `There is no resource type "${extended}"${knownWords(extended, names)}.`.replace(/\?\.$/, '?');
  const isForExtension = extended !== undefined || required === true;
  return isForExtension && schemas.every((schema) => isCore(current, schema)) ? NO_EXTENSION : undefined;
}

const NO_EXTENSION =
  'The file holds no extension that --extends or --required could be about; leave them out, or list the extension in the schemaExtensions of a ResourceType.';

function place(names: readonly string[], customization: Customization, schema: Schema, placing: Placing): Customization {
  if (placing.endpoint !== undefined) return withEndpoint(customization, schema, placing.endpoint);
  if (isCore(customization, schema)) return customization;
  const extended = placing.extends === undefined ? extendedTypes(names, customization, schema) : [placing.extends];
  return extended.reduce((placed, name) => extend(placed, name, schema, placing.required), customization);
}

const isCore = ({ types }: Customization, { id }: Schema): boolean => types.some(({ own }) => own?.schema === id);

/** Those it extends already, or else the one that a URN such as `urn:…:extension:infor:2.0:User` names. */
function extendedTypes(names: readonly string[], { types }: Customization, { id }: Schema): readonly string[] {
  const users = types.filter(({ extensions }) => extensions.some(({ schema }) => schema === id));
  if (users.length > 0) return users.map(({ name }) => name);
  return /:extension:/i.test(id) ? names.filter((name) => isSameName(name, lastSegment(id))) : [];
}

function extend(customization: Customization, name: string, { id }: Schema, required: boolean | undefined): Customization {
  const type = typeCalled(customization, name) ?? { name, extensions: [] };
  const before = type.extensions.find(({ schema }) => schema === id);
  const use = { schema: id, required: required ?? before?.required ?? false };
  return withType(customization, { ...type, extensions: withExtension(type.extensions, use) });
}

function withEndpoint(customization: Customization, { id, name, description }: Schema, endpoint: string): Customization {
  const core = customization.types.find(({ own }) => own?.schema === id);
  if (core === undefined && typeCalled(customization, name)?.own !== undefined)
    throw refusal([`There is a resource type "${name}" already, of another schema; give this schema another name.`]);
  const type = core ?? { name, extensions: [] };
  return withType(customization, { ...type, own: { description: core?.own?.description ?? description, endpoint, schema: id } });
}

export const isUsed = ({ types }: Customization, { id }: Schema): boolean =>
  types.some(({ own, extensions }) => own?.schema === id || extensions.some(({ schema }) => schema === id));

const noUse = (urn: string): string =>
  `${urn}: it does not say what it is for. Name the resource type that it extends (--extends User), or the endpoint of a resource type of its own (--endpoint /Devices), or put a ResourceType into the file.`;
