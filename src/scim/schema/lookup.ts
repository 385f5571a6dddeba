import type { Attribute } from './attribute.ts';
import { COMMON_ATTRIBUTES } from './common-attributes.ts';
import type { ResourceType, Schema } from './resource-type.ts';

/** Which attribute, or which sub-attribute of it, a name stands for. */
export type AttributePath = {
  /** The canonical name, `emails.value` or `urn:…:enterprise:2.0:User:manager.value`: one path has one name. */
  readonly name: string;
  /** URN of the extension that defines the attribute; absent for the core schema and the common attributes. */
  readonly extension?: string;
  readonly attribute: Attribute;
  readonly subAttribute?: Attribute;
};

type Index = {
  readonly top: readonly AttributePath[];
  readonly paths: ReadonlyMap<string, AttributePath>;
  /** Extension attributes by their name without the URN; of two that have the same, the one that was there first. */
  readonly bare: ReadonlyMap<string, AttributePath>;
  readonly extensions: ReadonlyMap<string, Schema>;
};

const indexes = new WeakMap<ResourceType, Index>();
const subIndexes = new WeakMap<Attribute, ReadonlyMap<string, Attribute>>();

/** Finds what a name of RFC 7644 §3.10 stands for, whatever its case, with or without the URN of the core schema. */
export const findPath = (type: ResourceType, name: string): AttributePath | undefined => indexOf(type).paths.get(name.toLowerCase());

/** As `findPath`, and finds an attribute of an extension also without its URN: Entra ID filters by `manager eq "…"`. */
export const findBarePath = (type: ResourceType, name: string): AttributePath | undefined =>
  findPath(type, name) ?? indexOf(type).bare.get(name.toLowerCase());

export const findExtension = (type: ResourceType, urn: string): Schema | undefined => indexOf(type).extensions.get(urn.toLowerCase());

export function findSubAttribute(attribute: Attribute, name: string): Attribute | undefined {
  let index = subIndexes.get(attribute);
  if (!index) {
    index = new Map(attribute.subAttributes?.map((sub) => [sub.name.toLowerCase(), sub]));
    subIndexes.set(attribute, index);
  }
  return index.get(name.toLowerCase());
}

/** Narrows a path to one of its attribute's sub-attributes. */
export const subPath = (path: AttributePath, subAttribute: Attribute): AttributePath => ({
  ...path,
  name: `${path.name}.${subAttribute.name}`,
  subAttribute,
});

/** Widens the path of a sub-attribute to its attribute. */
export const topPath = ({ name, extension, attribute, subAttribute }: AttributePath): AttributePath => ({
  name: subAttribute === undefined ? name : name.slice(0, -subAttribute.name.length - 1),
  ...(extension !== undefined && { extension }),
  attribute,
});

/** Lists the paths of all top-level attributes, common ones first. */
export const topLevelPaths = (type: ResourceType): readonly AttributePath[] => indexOf(type).top;

/** Names attributes and sub-attributes can be asked for by, those of an extension without its URN. */
export const pathNames = (type: ResourceType): readonly string[] =>
  topLevelPaths(type).flatMap(({ attribute: { name, subAttributes = [] } }) => [
    name,
    ...subAttributes.map((sub) => `${name}.${sub.name}`),
  ]);

export const extensionPaths = (schema: Schema): readonly AttributePath[] =>
  schema.attributes.map((attribute) => ({ name: `${schema.id}:${attribute.name}`, extension: schema.id, attribute }));

function indexOf(type: ResourceType): Index {
  const known = indexes.get(type);
  if (known) return known;
  const index = compile(type);
  indexes.set(type, index);
  return index;
}

function compile(type: ResourceType): Index {
  const paths = new Map<string, AttributePath>();
  const bare = new Map<string, AttributePath>();
  const top: readonly AttributePath[] = [
    ...[...COMMON_ATTRIBUTES, ...type.schema.attributes].map((attribute) => ({ name: attribute.name, attribute })),
    ...type.extensions.flatMap(({ schema }) => extensionPaths(schema)),
  ];
  for (const attributePath of top) {
    for (const path of [attributePath, ...(attributePath.attribute.subAttributes ?? []).map((sub) => subPath(attributePath, sub))]) {
      paths.set(path.name.toLowerCase(), path);
      if (path.extension === undefined) paths.set(`${type.schema.id}:${path.name}`.toLowerCase(), path);
      else addBare(bare, path.name.slice(path.extension.length + 1).toLowerCase(), path);
    }
  }
  return { top, paths, bare, extensions: new Map(type.extensions.map(({ schema }) => [schema.id.toLowerCase(), schema])) };
}

/** What a name means must not change because another extension is added. */
function addBare(bare: Map<string, AttributePath>, name: string, path: AttributePath): void {
  if (!bare.has(name)) bare.set(name, path);
}
