import { ScimError } from '../errors.ts';
import { type AttributePath, findBarePath, findSubAttribute, pathNames } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { quoted, suggest } from '../schema/suggest.ts';

/** What names mean at one place of a filter. */
export type Scope = {
  readonly find: (name: string) => AttributePath | undefined;
  readonly names: () => readonly string[];
};

export const resourceScope = (type: ResourceType): Scope => ({
  find: (name) => findBarePath(type, name),
  names: () => pathNames(type),
});

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
