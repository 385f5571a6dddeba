import * as z from 'zod/mini';
import { credentialSummarySchema } from '../../access/admin-answer.ts';
import { issuingSchema } from '../../access/issuing.ts';

const application = z.readonly(
  z.object({
    key: z.string(),
    title: z.string(),
    state: z.enum(['enabled', 'disabled']),
    /** Which kind of credential its client presents. */
    kind: issuingSchema._zod.def.innerType.shape.kind,
    /** How many ranges of addresses its requests may come from; 0 for any address. */
    ipRanges: z.number(),
  }),
);

/** What can be said of a tenant from within. */
export const checkedServiceSchema = z.readonly(
  z.object({
    /** By the function's clock. */
    now: z.string(),
    /** The tenant's URL, where the function knows it: locally. */
    url: z.optional(z.string()),
    applications: z.readonly(z.array(application)),
    credentials: z.readonly(z.array(credentialSummarySchema)),
    /** Entries of the secret that this version cannot read. */
    unreadable: z.number(),
    /** How many there are, and of the users how many are active; a function of an older version does not tell. */
    counts: z.optional(z.readonly(z.object({ users: z.number(), activeUsers: z.number(), groups: z.number() }))),
    /** How much is left to be done of what requests have asked for. */
    work: z.readonly(z.object({ announced: z.number(), restored: z.number(), changes: z.number() })),
    /** Messages that were put aside, because they failed again and again; absent where the queue could not be asked. */
    deadLetters: z.optional(z.number()),
  }),
);
export type CheckedService = z.output<typeof checkedServiceSchema>;
