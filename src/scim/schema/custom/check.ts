import type { Registry, ResourceType, Schema } from '../resource-type.ts';
import { schemaFinder, schemasOf } from './build-registry.ts';
import { checkReferences, type Finding } from './check-attribute.ts';
import { type Customization, type CustomType, isSameName, isUnique } from './customization.ts';
import { knownWords } from './known-words.ts';
import { MAX_CUSTOM_BYTES, MAX_RESOURCE_TYPES, MAX_SCHEMAS, MAX_UNIQUE } from './limits.ts';
import { endpointFault, typeNameFault } from './names.ts';
import { printCustomization } from './print.ts';

const encoder = new TextEncoder();

/** Finds what does not go together in a customization as a whole; each line says which schema or type it is about. */
export function checkCustomization(builtIn: Registry, customization: Customization): readonly string[] {
  const { schemas, types } = customization;
  const own = types.flatMap((type) => (type.own ? [{ name: type.name, endpoint: type.own.endpoint }] : []));
  // What is remembered of attributes that are gone is nothing the operator could shorten.
  const bytes = encoder.encode(printCustomization({ ...customization, removed: [], onceUnique: [] })).length;
  return [
    ...over(schemas.length, MAX_SCHEMAS, 'schemas'),
    ...over(own.length, MAX_RESOURCE_TYPES, 'resource types of your own'),
    ...over(bytes, MAX_CUSTOM_BYTES, 'bytes of schemas; shorten descriptions'),
    ...schemas.flatMap((schema) => checkSchema(builtIn, customization, schema)),
    ...types.flatMap((type) => checkType(builtIn, customization, type)),
    ...checkNames(builtIn, own),
  ];
}

const over = (count: number, limit: number, noun: string): readonly string[] =>
  count > limit ? [`That would be ${count} ${noun}; the tenant may have ${limit}.`] : [];

function checkSchema(builtIn: Registry, { schemas, types }: Customization, { id, attributes }: Schema): readonly string[] {
  const others = [...schemasOf(builtIn), ...schemas].filter((other) => other.id !== id);
  const clash = others.find((other) => isSameName(other.id, id) || startsWith(id, other.id) || startsWith(other.id, id));
  const typeNames = [...builtIn.map(({ name }) => name), ...types.filter(({ own }) => own).map(({ name }) => name)];
  const isCore = types.some(({ own }) => own !== undefined && isSameName(own.schema, id));
  const isExtension = types.some(({ extensions }) => extensions.some(({ schema }) => isSameName(schema, id)));
  return [
    ...(clash ? [`${id}: begins like ${clash.id}, so that paths could mean either; choose another URN.`] : []),
    ...(isCore && isExtension ? [`${id}: is the schema of a resource type, and cannot be an extension as well.`] : []),
    ...attributes.flatMap((attribute) =>
      checkReferences(attribute, typeNames).map((finding) => ofAttribute(`${id}:${attribute.name}`, finding)),
    ),
  ];
}

const startsWith = (urn: string, other: string): boolean => urn.toLowerCase().startsWith(`${other.toLowerCase()}:`);

const ofAttribute = (name: string, { path, message }: Finding): string =>
  `${name} ${path.filter((step) => typeof step === 'string').join('.')}: ${message}.`.replace(/\?\.$/, '?');

function checkType(builtIn: Registry, customization: Customization, { name, own, extensions }: CustomType): readonly string[] {
  const schemaCalled = schemaFinder(builtIn, customization);
  const base = builtIn.find((type) => type.name === name);
  const known = customization.schemas.map(({ id }) => id);
  const unknown = [...(own ? [own.schema] : []), ...extensions.map(({ schema }) => schema)].filter(
    (urn) => schemaCalled(urn) === undefined,
  );
  const found = extensions.flatMap(({ schema }) => schemaCalled(schema) ?? []);
  const core = own ? schemaCalled(own.schema) : base?.schema;
  const unique = [core, ...found].flatMap((schema) => schema?.attributes ?? []).filter(isUnique).length;
  return [
    ...unknown.map((urn) => `${name}: ${unknownSchema(builtIn, known, urn)}.`.replace(/\?\.$/, '?')),
    ...(unique > MAX_UNIQUE ? [`${name}: would have ${unique} unique attributes; a resource type may have ${MAX_UNIQUE}.`] : []),
    ...(base ? found.flatMap((schema) => checkKept(base, schema)) : []),
  ];
}

function unknownSchema(builtIn: Registry, known: readonly string[], urn: string): string {
  const owner = builtIn.find(({ schema }) => isSameName(schema.id, urn));
  return owner
    ? `${owner.schema.id} is for ${owner.name} alone; copy what it needs of it into a schema with a URN of its own`
    : `there is no schema ${urn}, neither in the file nor applied before${knownWords(urn, known)}`;
}

/** What the directory keeps apart from the resource goes by its name, in extensions too. */
const checkKept = ({ name, membersAttribute, groupsAttribute }: ResourceType, { id, attributes }: Schema): readonly string[] =>
  attributes
    .filter((attribute) => [membersAttribute, groupsAttribute].some((kept) => kept !== undefined && isSameName(kept, attribute.name)))
    .map((attribute) => `${id}:${attribute.name}: ${name} has an attribute of this name that is kept apart; choose another.`);

type Named = { readonly name: string; readonly endpoint: string };

function checkNames(builtIn: Registry, own: readonly Named[]): readonly string[] {
  return own.flatMap(({ name, endpoint }, index) => {
    const others = [...builtIn, ...own.slice(0, index)];
    const faults = [typeNameFault(name), endpointFault(endpoint)];
    return [
      ...(faults[0] === undefined ? [] : [`Resource type "${name}": ${faults[0]}.`]),
      ...(faults[1] === undefined ? [] : [`Endpoint "${endpoint}" of ${name}: ${faults[1]}.`]),
      ...others
        .filter((other) => isSameName(other.name, name))
        .map((other) => `Resource type "${name}": there is "${other.name}" already; choose another name.`),
      ...others
        .filter((other) => isSameName(other.endpoint, endpoint))
        .map((other) => `Endpoint "${endpoint}" of ${name}: is that of ${other.name}; choose another.`),
    ];
  });
}
