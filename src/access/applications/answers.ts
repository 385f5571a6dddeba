import * as z from 'zod/mini';
import type { Json } from '../../scim/json.ts';
import { credentialSummarySchema } from '../admin-answer.ts';
import { issuingSchema } from '../issuing.ts';
import { policySchema } from '../policy.ts';

const applicationSummary = {
  key: z.string(),
  title: z.string(),
  preset: z.optional(z.string()),
  state: z.enum(['enabled', 'disabled']),
  createdAt: z.string(),
};

const setApplication = {
  ...applicationSummary,
  policy: policySchema,
  /** How its credentials are made. */
  credentials: issuingSchema,
};

export const shownApplicationSchema = z.readonly(
  z.object({
    ...setApplication,
    /** The credentials it has. */
    issued: z.readonly(z.array(credentialSummarySchema)),
  }),
);
export type ShownApplication = z.output<typeof shownApplicationSchema>;

export const listedApplicationsSchema = z.readonly(
  z.object({
    applications: z.readonly(
      z.array(
        z.readonly(
          z.object({
            ...applicationSummary,
            kind: z.string(),
            /** How many of its credentials are accepted now. */
            live: z.number(),
          }),
        ),
      ),
    ),
  }),
);
export type ListedApplications = z.output<typeof listedApplicationsSchema>;

/** One difference between two states of the tenant's applications; values are JSON. */
const applicationChangeSchema = z.readonly(
  z.object({
    kind: z.enum(['added', 'changed', 'unchanged', 'removed']),
    application: z.string(),
    /** `title`, `state`, `preset`, or a setting as `app set` takes it. */
    setting: z.optional(z.string()),
    from: z.optional(z.string()),
    to: z.optional(z.string()),
  }),
);
export type ApplicationChange = z.output<typeof applicationChangeSchema>;

export const changedApplicationsSchema = z.readonly(
  z.object({ dryRun: z.boolean(), changes: z.readonly(z.array(applicationChangeSchema)) }),
);
export type ChangedApplications = z.output<typeof changedApplicationsSchema>;

export const setApplicationSchema = z.readonly(
  z.object({ ...changedApplicationsSchema._zod.def.innerType.shape, application: z.readonly(z.object(setApplication)) }),
);
export type SetApplication = z.output<typeof setApplicationSchema>;

export const deletedApplicationSchema = z.readonly(z.object({ application: z.string(), title: z.string(), revoked: z.number() }));
export type DeletedApplication = z.output<typeof deletedApplicationSchema>;

export const exportedApplicationsSchema = z.readonly(z.object({ document: z.custom<Json>((value) => value !== undefined) }));
export type ExportedApplications = z.output<typeof exportedApplicationsSchema>;
