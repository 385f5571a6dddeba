import * as z from 'zod/mini';

const text = z.optional(z.string());
const texts = z.optional(z.readonly(z.array(z.string())));

const common = {
  time: z.iso.datetime(),
  requestId: text,
  application: text,
  resourceType: text,
  resourceId: text,
  subject: text,
  changed: texts,
};

const write = {
  ...common,
  route: text,
  status: z.int(),
  operation: text,
  previousSubject: text,
  refusal: text,
  policy: text,
  effect: z.optional(z.enum(['removed', 'kept', 'returned'])),
  state: z.optional(z.enum(['disabled', 'enabled'])),
};

const requestSchema = z.object({ event: z.literal('request'), reason: text, ...write });
const bulkOperationSchema = z.object({
  event: z.literal('bulkOperation'),
  index: z.int(),
  repeated: z.optional(z.literal(true)),
  ...write,
});
const brakeSchema = z.object({ event: z.literal('brake'), limit: z.int(), ...common });
const adminSchema = z.object({
  event: z.literal('admin'),
  act: z.string(),
  by: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  continued: z.optional(z.literal(true)),
  dryRun: z.optional(z.literal(true)),
  counts: z.optional(z.record(z.string(), z.number())),
  ...common,
});

/** What a report needs of the lines that tell of provisioning (docs/reference/log-fields.md); the rest of each is left out. */
const lineSchema = z.discriminatedUnion('event', [requestSchema, bulkOperationSchema, brakeSchema, adminSchema]);

export type WriteLine = z.output<typeof requestSchema> | z.output<typeof bulkOperationSchema>;
export type BrakeLine = z.output<typeof brakeSchema>;
export type AdminLine = z.output<typeof adminSchema>;
export type ProvisioningLine = z.output<typeof lineSchema>;

/** The events whose lines a report reads. */
export const REPORTED_EVENTS: readonly string[] = ['request', 'bulkOperation', 'brake', 'admin'];

/** Undefined where the line has a form that this version does not know. */
export function readProvisioningLine(record: unknown): ProvisioningLine | undefined {
  const parsed = lineSchema.safeParse(record);
  return parsed.success ? parsed.data : undefined;
}
