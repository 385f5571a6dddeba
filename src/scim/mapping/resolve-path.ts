import { ScimError } from '../errors.ts';
import { leafOf } from '../filter/term.ts';
import type { Leniencies } from '../leniency.ts';
import type { Target } from '../patch/operation.ts';
import { parsePath } from '../patch/path.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/** What people write: an attribute of an extension needs no URN where its name is clear without one. */
const BARE_PATHS: Leniencies = new Set(['bareExtensionPaths']);

/** Of `meta`, what never changes; the rest moves without the profile being made again. */
const STABLE_META: readonly string[] = ['created', 'resourceType'];

/**
 * Finds what a path of a mapping points at: an attribute that has simple values, and is kept with the resource.
 *
 * @throws {ScimError} invalidPath, invalidFilter — saying what would be right
 */
export function resolvePath(type: ResourceType, text: string, at: string): Target {
  const pointed = parsePath(type, text, at, BARE_PATHS);
  if (pointed.kind === 'extension')
    throw new ScimError('invalidPath', `${at}: ${pointed.schema.id} is an extension; name one of its attributes, with a colon before it.`);
  const { target } = pointed;
  const fault = faultOf(type, target);
  if (fault !== undefined) throw new ScimError('invalidPath', `${at}: ${target.path.name} ${fault}.`);
  return target;
}

function faultOf({ groupsAttribute, membersAttribute }: ResourceType, { path, subAttribute }: Target): string | undefined {
  const { name } = path.attribute;
  if (path.extension === undefined) {
    if (name === groupsAttribute || name === membersAttribute)
      return 'has no place in a profile: memberships change without the resource; read them as they are';
    if (name === 'schemas' || (name === 'meta' && !STABLE_META.includes(subAttribute?.name ?? '')))
      return `has no place in a profile; of meta, there are ${STABLE_META.map((part) => `meta.${part}`).join(' and ')}`;
  }
  const leaf = leafOf({ ...path, ...(subAttribute && { subAttribute }) });
  if ([path.attribute, leaf].some(isHidden)) return 'is never returned, so it has no place in a profile';
  if (leaf.type !== 'complex') return undefined;
  const parts = leaf.subAttributes?.map((sub) => sub.name).join(', ');
  return `is complex; name one of its sub-attributes: ${parts}`;
}

const isHidden = ({ returned, mutability }: Attribute): boolean => returned === 'never' || mutability === 'writeOnly';

export type Kind = 'text' | 'number' | 'boolean';

export function kindOf({ path, subAttribute }: Target): Kind {
  const { type } = subAttribute ?? path.attribute;
  if (type === 'boolean') return 'boolean';
  return type === 'integer' || type === 'decimal' ? 'number' : 'text';
}

export const hasManyValues = ({ path, subAttribute }: Target): boolean => path.attribute.multiValued || subAttribute?.multiValued === true;
