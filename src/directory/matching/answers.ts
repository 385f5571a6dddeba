import * as z from 'zod/mini';

/**
 * `waiting`: until every function has heard. `incomplete`: some resources have more values than they can be found by, so that
 * filters go on walking.
 */
const STATES = ['built in', 'waiting', 'filling', 'incomplete', 'ready', 'being removed'] as const;

const listedMatchingSchema = z.readonly(
  z.object({
    type: z.string(),
    attribute: z.string(),
    state: z.enum(STATES),
    /** Of a walk that has begun. */
    seen: z.optional(z.number()),
    total: z.optional(z.number()),
    /** Ids of the first few resources that stand in the way, of so many. */
    stuck: z.optional(z.number()),
    stuckIds: z.optional(z.readonly(z.array(z.string()))),
  }),
);
export type ListedMatching = z.output<typeof listedMatchingSchema>;

export const listedMatchingsSchema = z.readonly(z.object({ attributes: z.readonly(z.array(listedMatchingSchema)) }));
export type ListedMatchings = z.output<typeof listedMatchingsSchema>;

export const changedMatchingSchema = z.readonly(
  z.object({ type: z.string(), attribute: z.string(), outcome: z.enum(['added', 'removed', 'unchanged']) }),
);
export type ChangedMatching = z.output<typeof changedMatchingSchema>;
