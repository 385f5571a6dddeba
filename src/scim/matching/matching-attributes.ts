import { ScimError } from '../errors.ts';
import type { MatchingAttribute, ResourceType } from '../schema/resource-type.ts';
import { type MatchingPath, parseMatchingPath } from './matching-path.ts';

/** A matching attribute that its resource type really has. */
export type KnownMatching = MatchingPath & Pick<MatchingAttribute, 'stage'>;

const known = new WeakMap<ResourceType, readonly KnownMatching[]>();

/** Lists what resources of the type are matched by, beside what is unique and `externalId`; read once for each state of a type. */
export function matchingAttributes(type: ResourceType): readonly KnownMatching[] {
  const all = known.get(type) ?? (type.matching ?? []).flatMap((attribute) => resolve(type, attribute));
  known.set(type, all);
  return all;
}

/** One whose attribute is gone finds nothing, and nothing is found by it. */
function resolve(type: ResourceType, { path, stage }: MatchingAttribute): readonly KnownMatching[] {
  try {
    return [{ ...parseMatchingPath(type, path), stage }];
  } catch (error) {
    if (error instanceof ScimError) return [];
    throw error;
  }
}
