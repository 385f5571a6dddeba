import * as z from 'zod/mini';

const changes = z.readonly(
  z.array(
    z.readonly(
      z.object({
        kind: z.enum(['added', 'changed', 'removed', 'unchanged']),
        /** A URN, the path of an attribute, or a resource type. */
        subject: z.string(),
        detail: z.optional(z.string()),
      }),
    ),
  ),
);

/** What was changed, or with `dryRun` would be. */
export const changedSchemasSchema = z.readonly(z.object({ dryRun: z.boolean(), changes }));
export type ChangedSchemas = z.output<typeof changedSchemasSchema>;

const schemaSummary = z.readonly(
  z.object({
    id: z.string(),
    name: z.string(),
    attributes: z.number(),
    origin: z.enum(['built in', 'applied']),
    /** Of which resource types it is the schema, and where they are. */
    core: z.readonly(z.array(z.readonly(z.object({ type: z.string(), endpoint: z.string() })))),
    extends: z.readonly(z.array(z.readonly(z.object({ type: z.string(), required: z.boolean() })))),
  }),
);
export type SchemaSummary = z.output<typeof schemaSummary>;

export const listedSchemasSchema = z.readonly(z.object({ schemas: z.readonly(z.array(schemaSummary)) }));
export type ListedSchemas = z.output<typeof listedSchemasSchema>;

/** The schema as /Schemas shows it, and as it may be applied again. */
export const shownSchemaSchema = z.readonly(z.object({ schema: z.record(z.string(), z.unknown()) }));
export type ShownSchema = z.output<typeof shownSchemaSchema>;
