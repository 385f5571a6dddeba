import * as z from 'zod/mini';

const removedSummary = z.readonly(
  z.object({
    id: z.string(),
    /** `userName`, `displayName`, or whatever people know such a resource by. */
    name: z.optional(z.string()),
    /** ISO 8601. */
    removedAt: z.string(),
    /** Key of the application that removed it. */
    removedBy: z.string(),
    /** ISO 8601: it cannot be restored after this; absent of a user that is kept without end. */
    until: z.optional(z.string()),
  }),
);
export type RemovedSummary = z.output<typeof removedSummary>;

/** Latest first; `total` counts those that are not listed, too. */
export const listedRemovedSchema = z.readonly(
  z.object({ type: z.string(), total: z.number(), removed: z.readonly(z.array(removedSummary)) }),
);
export type ListedRemoved = z.output<typeof listedRemovedSchema>;

export const restoredSchema = z.readonly(
  z.object({
    type: z.string(),
    id: z.string(),
    name: z.optional(z.string()),
    /** Memberships that were brought back by now. */
    memberships: z.number(),
    /** Whether none is left to be brought back. */
    isComplete: z.boolean(),
  }),
);
export type Restored = z.output<typeof restoredSchema>;
