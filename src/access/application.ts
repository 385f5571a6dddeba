import * as z from 'zod/mini';
import { policySchema } from './policy.ts';

/** The one application every tenant begins with. */
export const DEFAULT_APPLICATION = 'default';

/** One SCIM client of the tenant, as its settings item holds it. Whatever an item leaves out takes its default. */
export const applicationSchema = z.object({
  key: z.string().check(z.minLength(1), z.maxLength(64)),
  title: z.string(),
  policy: policySchema,
  schemaVersion: z.literal(1),
  /** ISO 8601 in UTC. */
  createdAt: z.string(),
});

export type Application = Readonly<z.output<typeof applicationSchema>>;

export const defaultApplication = (createdAt: string): Application =>
  applicationSchema.parse({ key: DEFAULT_APPLICATION, title: 'Default', policy: {}, schemaVersion: 1, createdAt });
