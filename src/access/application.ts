import * as z from 'zod/mini';
import { mappingShape } from '../scim/mapping/shape.ts';
import { issuingSchema } from './issuing.ts';
import { policySchema } from './policy.ts';

/** The one application every tenant begins with. */
export const DEFAULT_APPLICATION = 'default';

/** Whom a change by an operator is said to be by, in place of an application: none is called this. */
export const ADMINISTRATION = 'administration';

/** An operator sees all of them at once, and one transaction changes all of them. */
export const MAX_APPLICATIONS = 50;

/** One SCIM client of the tenant, as its settings item holds it. Whatever an item leaves out takes its default. */
export const applicationSchema = z.object({
  key: z.string().check(z.minLength(1), z.maxLength(64)),
  title: z.string(),
  /** What its settings began with. */
  preset: z.optional(z.string()),
  /** A disabled one keeps everything, but every request of it is refused. */
  state: z._default(z.enum(['enabled', 'disabled']), 'enabled'),
  credentials: z.prefault(issuingSchema, {}),
  policy: policySchema,
  /** Makes the profiles of what it creates; one of a later version that cannot be read is as good as none. */
  mapping: z.catch(z.optional(mappingShape), undefined),
  schemaVersion: z.literal(1),
  /** ISO 8601 in UTC. */
  createdAt: z.string(),
});

export type Application = Readonly<z.output<typeof applicationSchema>>;

export const defaultApplication = (createdAt: string): Application =>
  applicationSchema.parse({ key: DEFAULT_APPLICATION, title: 'Default', policy: {}, schemaVersion: 1, createdAt });
