import * as z from 'zod/mini';
import { rowSchema } from './row.ts';
import { summarySchema } from './summary.ts';

/** A whole report, as `--format json` prints it. */
export const reportSchema = z.readonly(
  z.strictObject({
    timespan: z.readonly(z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() })),
    retentionDays: z.nullable(z.int()),
    filters: z.readonly(z.strictObject({ user: z.nullable(z.string()), application: z.nullable(z.string()) })),
    rows: z.readonly(z.array(rowSchema)),
    identifiers: z.enum(['plain', 'hashed']),
    summary: summarySchema,
  }),
);
export type Report = z.output<typeof reportSchema>;
