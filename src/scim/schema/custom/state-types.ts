import type { Registry, ResourceType } from '../resource-type.ts';
import { schemaFinder } from './build-registry.ts';
import { type Customization, type CustomType, type ExtensionUse, isSameName } from './customization.ts';
import { refusal } from './document.ts';
import type { StatedType } from './parse.ts';

/**
 * Takes over what a file says of resource types: which extensions a built-in one has, and everything of the operator's own.
 *
 * @throws {ScimError} invalidValue
 */
export function stateTypes(builtIn: Registry, current: Customization, stated: readonly StatedType[]): Customization {
  const mistakes = stated.flatMap((type) => faultsOf(builtIn, stated, type));
  if (mistakes.length > 0) throw refusal([...new Set(mistakes)]);
  return stated.reduce((customization, type) => takeOver(builtIn, customization, type), current);
}

function takeOver(builtIn: Registry, customization: Customization, { extensions, ...stated }: StatedType): Customization {
  const base = builtInType(builtIn, stated.name);
  const schemaCalled = schemaFinder(builtIn, customization);
  const canonical = (urn: string): string => schemaCalled(urn)?.id ?? urn;
  const known = typeCalled(customization, stated.name);
  const added = extensions
    .map(({ schema, required }) => ({ schema: canonical(schema), required }))
    .filter(({ schema }) => base?.extensions.every((own) => own.schema.id !== schema) ?? true);
  const { name, description, endpoint, schema } = stated;
  const type: CustomType = {
    name: known?.name ?? name,
    ...(base === undefined && { own: { description, endpoint, schema: canonical(schema) } }),
    extensions: added.reduce(withExtension, known?.extensions ?? []),
  };
  return withType(customization, type);
}

export const typeCalled = ({ types }: Customization, name: string): CustomType | undefined => types.find((type) => type.name === name);

const builtInType = (builtIn: Registry, name: string): ResourceType | undefined => builtIn.find((type) => type.name === name);

/** Puts a type in its place, or at the end; one that nothing is said of is left out. */
export function withType(customization: Customization, type: CustomType): Customization {
  const isEmpty = type.own === undefined && type.extensions.length === 0;
  const isKnown = typeCalled(customization, type.name) !== undefined;
  const types = isKnown ? customization.types.map((known) => (known.name === type.name ? type : known)) : [...customization.types, type];
  return { ...customization, types: isEmpty ? types.filter(({ name }) => name !== type.name) : types };
}

/** Adds an extension, or says anew whether it is required. */
export function withExtension(uses: readonly ExtensionUse[], added: ExtensionUse): readonly ExtensionUse[] {
  const isKnown = uses.some(({ schema }) => schema === added.schema);
  return isKnown ? uses.map((use) => (use.schema === added.schema ? added : use)) : [...uses, added];
}

function faultsOf(builtIn: Registry, all: readonly StatedType[], stated: StatedType): readonly string[] {
  const { name } = stated;
  const base = builtInType(builtIn, name);
  return [
    ...(all.filter((other) => isSameName(other.name, name)).length > 1
      ? [`Resource type "${name}" is in the file more than once; keep one of them.`]
      : []),
    ...(base ? contradictions(base, stated) : []),
  ];
}

/** What is built in stays as it is; a file may repeat it. */
function contradictions(base: ResourceType, { name, endpoint, schema, extensions }: StatedType): readonly string[] {
  const changed = base.extensions.find((own) =>
    extensions.some((use) => isSameName(use.schema, own.schema.id) && use.required !== own.required),
  );
  return [
    ...(endpoint === base.endpoint ? [] : [`Resource type "${name}" is built in, and its endpoint is "${base.endpoint}"; leave it so.`]),
    ...(isSameName(schema, base.schema.id)
      ? []
      : [`Resource type "${name}" is built in, and its schema is ${base.schema.id}; leave it so.`]),
    ...(changed ? [`${changed.schema.id} is built in; for ${name}, leave required at ${changed.required}.`] : []),
  ];
}
