import * as z from 'zod/mini';

const onOrRefuse = z._default(z.enum(['on', 'refuse']), 'on');
const onRefuseOrIgnore = z._default(z.enum(['on', 'refuse', 'ignore']), 'on');
const names = z.readonly(z.array(z.string()));

const patchAnswers = z.readonly(z.record(z.string(), z.enum(['noContent', 'resource'])));
const PATCH_ANSWERS: z.output<typeof patchAnswers> = { Group: 'noContent', User: 'resource' };

/** What an application may do and how it wants to be answered. Every setting has a default, so `{}` is a policy. */
export const policySchema = z.readonly(
  z.object({
    resourceTypes: z._default(z.union([z.literal('all'), names]), 'all'),
    /** `ignore` answers success and changes nothing: refusals drive Entra ID towards quarantine. */
    features: z.prefault(
      z.readonly(z.object({ create: onOrRefuse, read: onOrRefuse, update: onRefuseOrIgnore, remove: onRefuseOrIgnore })),
      {},
    ),
    /** By resource type: how a PATCH that succeeded is answered. Entra ID expects 204 for groups. */
    patchAnswer: z.pipe(
      z._default(patchAnswers, {}),
      z.transform((given) => ({ ...PATCH_ANSWERS, ...given })),
    ),
    /** Which deviations of clients from RFC 7644 are forgiven, by name. */
    leniencies: z._default(z.union([z.literal('all'), names]), 'all'),
  }),
);

export type Policy = z.output<typeof policySchema>;
