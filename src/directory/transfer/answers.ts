import * as z from 'zod/mini';

const counts = z.readonly(z.record(z.string(), z.number()));

/** Lines of a file, in their order. */
export const exportedPageSchema = z.readonly(
  z.object({
    lines: z.readonly(z.array(z.string())),
    /** There is no other line. */
    isLast: z.boolean(),
    /** How many resources of each type there are at the moment. */
    totals: counts,
  }),
);
export type ExportedPage = z.output<typeof exportedPageSchema>;

const refusedLine = z.readonly(z.object({ line: z.number(), message: z.string() }));

const unknownMembers = z.readonly(
  z.object({ line: z.number(), group: z.string(), count: z.number(), ids: z.readonly(z.array(z.string())), isGroupUnknown: z.boolean() }),
);

export const importedBatchSchema = z.readonly(
  z.object({
    dryRun: z.boolean(),
    /** So many of the lines that were sent have been judged; the others have to be sent again. */
    done: z.number(),
    schemas: z.enum(['same', 'applied', 'kept']),
    counts,
    refused: z.readonly(z.array(refusedLine)),
    unknown: z.readonly(z.array(unknownMembers)),
  }),
);
export type ImportedBatch = z.output<typeof importedBatchSchema>;
export type RefusedLine = z.output<typeof refusedLine>;
export type UnknownMembers = z.output<typeof unknownMembers>;
