import type { Registry, Schema } from '../resource-type.ts';
import { type Customization, isSameName } from './customization.ts';
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
  const names = [...builtIn, ...current.types].map(({ name }) => name);
  if (placing.extends !== undefined && placing.endpoint !== undefined)
    throw refusal(['A schema either extends a resource type or has an endpoint of its own; say one of the two.']);
  if (placing.endpoint !== undefined && schemas.length !== 1)
    throw refusal(['An endpoint can be said for one schema only; put a ResourceType for each into the file.']);
  if (placing.extends !== undefined && !names.includes(placing.extends))
    throw refusal([`There is no resource type "${placing.extends}"${knownWords(placing.extends, names)}`]);
  const placed = schemas.reduce((customization, schema) => place(names, customization, schema, placing), current);
  const open = schemas.filter((schema) => !isUsed(placed, schema));
  if (open.length > 0) throw refusal(open.map(({ id }) => noUse(id)));
  return placed;
}

function place(names: readonly string[], customization: Customization, schema: Schema, placing: Placing): Customization {
  const core = customization.types.find(({ own }) => own?.schema === schema.id);
  if (placing.endpoint !== undefined) return withEndpoint(customization, schema, placing.endpoint);
  if (core !== undefined) return customization;
  if (placing.extends !== undefined) return extend(customization, placing.extends, schema, placing.required);
  const inferred = isUsed(customization, schema) ? undefined : extendedType(names, schema.id);
  return inferred === undefined ? customization : extend(customization, inferred, schema, placing.required);
}

/** The resource type that a URN such as `urn:…:extension:infor:2.0:User` names. */
const extendedType = (names: readonly string[], urn: string): string | undefined =>
  /:extension:/i.test(urn) ? names.find((name) => isSameName(name, lastSegment(urn))) : undefined;

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
