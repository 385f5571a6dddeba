import { ScimError } from '../errors.ts';
import { type AttributePath, findBarePath, findSubAttribute, pathNames } from '../schema/lookup.ts';
import type { Registry, ResourceType } from '../schema/resource-type.ts';
import { quoted, suggest } from '../schema/suggest.ts';

/** What names mean at one place of a filter. */
export type Scope = {
  readonly find: (name: string) => AttributePath | undefined;
  readonly names: () => readonly string[];
};

/** What names mean for resources of `type` where all of `types` are asked for at once. */
export const resourceScope = (type: ResourceType, types: Registry): Scope => ({
  find: (name) => findBarePath(type, name) ?? absentPath(types, name),
  names: () => [...new Set(types.flatMap(pathNames))],
});

/**
 * A name that only another type knows is that of an attribute without a value (RFC 7644 §3.4.2.1): one of a schema that no
 * resource of this type has.
 */
function absentPath(types: Registry, name: string): AttributePath | undefined {
  for (const { schema, path } of types.map((other) => ({ schema: other.schema.id, path: findBarePath(other, name) }))) {
    if (path !== undefined) return path.extension === undefined ? { ...path, name: `${schema}:${path.name}`, extension: schema } : path;
  }
  return undefined;
}

/** Names inside brackets are those of sub-attributes. */
export const elementScope = ({ attribute }: AttributePath): Scope => ({
  find: (name) => {
    const sub = findSubAttribute(attribute, name);
    return sub && { name: sub.name, attribute: sub };
  },
  names: () => attribute.subAttributes?.map(({ name }) => name) ?? [],
});

/** @throws {ScimError} invalidFilter */
export function resolve({ find, names }: Scope, name: string, where: string): AttributePath {
  const path = find(name);
  if (path) return path;
  throw new ScimError('invalidFilter', `${where}: no attribute is called${quoted(name) || ' this'}${suggest(name, names())}`);
}
