import { AdminRefusal } from '../../access/admin-refusal.ts';
import { ScimError } from '../../scim/errors.ts';
import { type MatchingPath, parseMatchingPath } from '../../scim/matching/matching-path.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import type { Customization, MatchingUse } from '../../scim/schema/custom/customization.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { BackfillStore } from '../backfill/ports.ts';
import type { BackfillPurpose } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import type { SchemaAdministration } from '../schemas/administer.ts';

/** What the acts on matching attributes need from their surroundings. */
export type MatchingAdministration = Pick<SchemaAdministration, 'schemas' | 'builtIn' | 'now'> & {
  readonly backfills: Pick<BackfillStore, 'list'>;
  readonly newRevision: () => string;
};

/** Which attribute of which resource type is meant. */
export type Meant = { readonly type: ResourceType; readonly path: MatchingPath };

/** @throws {AdminRefusal} there is no such type, or no such attribute, or none that resources could be matched by */
export function meantBy(
  { builtIn }: Pick<MatchingAdministration, 'builtIn'>,
  customization: Customization,
  asked: { readonly type: string; readonly attribute: string },
): Meant {
  const type = typeNamed(buildRegistry(builtIn, customization), asked.type);
  try {
    return { type, path: parseMatchingPath(type, asked.attribute) };
  } catch (cause) {
    if (cause instanceof ScimError) throw new AdminRefusal(cause.message, { cause });
    throw cause;
  }
}

export const findUse = ({ matching }: Customization, { type, path }: Meant): MatchingUse | undefined =>
  matching.find((use) => use.type === type.name && use.path === path.name);

/** Puts a use in its place, or at the end. */
export function withUse(customization: Customization, use: MatchingUse): Customization {
  const isOther = ({ type, path }: MatchingUse): boolean => type !== use.type || path !== use.path;
  const isNew = customization.matching.every(isOther);
  const matching = customization.matching.map((known) => (isOther(known) ? known : use));
  return { ...customization, matching: isNew ? [...matching, use] : matching };
}

export const nameOf = ({ type, path }: Pick<MatchingUse, 'type' | 'path'>): string => `matching/${type}/${path}`;

export const purposeOf = (use: MatchingUse, nowMs: number): BackfillPurpose => ({
  name: nameOf(use),
  type: use.type,
  revision: use.revision,
  startedAt: new Date(nowMs).toISOString(),
});
