import * as z from 'zod/mini';
import { type MappedAttribute, mappingShape } from '../../scim/mapping/shape.ts';

const mappedAttribute = z.custom<MappedAttribute>((value) => typeof value === 'object' && value !== null);

export const shownMappingSchema = z.readonly(
  z.object({
    application: z.string(),
    /** Null where there is none. */
    mapping: z.nullable(mappingShape),
    /** How far the profiles of what there was before the mapping have been made anew. */
    rebuilds: z.readonly(
      z.array(
        z.readonly(
          z.object({
            resourceType: z.string(),
            /** It waits until every function has heard of the mapping. */
            state: z.enum(['waiting', 'running', 'done']),
            seen: z.number(),
            total: z.number(),
            changed: z.number(),
            /** Those whose profile does not fit beside them. */
            stuck: z.number(),
            stuckIds: z.readonly(z.array(z.string())),
            startedAt: z.string(),
            finishedAt: z.optional(z.string()),
          }),
        ),
      ),
    ),
  }),
);
export type ShownMapping = z.output<typeof shownMappingSchema>;
export type ShownRebuild = ShownMapping['rebuilds'][number];

/** What was changed, or with `dryRun` would be. */
export const changedMappingSchema = z.readonly(
  z.object({
    dryRun: z.boolean(),
    application: z.string(),
    changes: z.readonly(
      z.array(
        z.readonly(
          z.object({
            kind: z.enum(['added', 'changed', 'removed', 'unchanged']),
            resourceType: z.string(),
            target: z.string(),
            from: z.optional(mappedAttribute),
            to: z.optional(mappedAttribute),
          }),
        ),
      ),
    ),
  }),
);
export type ChangedMapping = z.output<typeof changedMappingSchema>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const testedMappingSchema = z.readonly(
  z.object({
    application: z.string(),
    resourceType: z.string(),
    /** Where it was tried with a resource that is there. */
    resource: z.optional(
      z.readonly(
        z.object({
          id: z.string(),
          createdBy: z.string(),
          /** Whether the profile it carries is by this mapping. */
          profile: z.enum(['none', 'current', 'outdated']),
        }),
      ),
    ),
    attributes: z.readonly(
      z.array(
        z.readonly(
          z.object({
            target: z.string(),
            value: z.optional(z.union([scalar, z.readonly(z.array(scalar))])),
            /** Why there is no value. */
            reason: z.optional(z.string()),
          }),
        ),
      ),
    ),
  }),
);
export type TestedMapping = z.output<typeof testedMappingSchema>;
