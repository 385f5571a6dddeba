import * as z from 'zod/mini';

export const ACTIONS = [
  'create',
  'update',
  'disable',
  'enable',
  'remove',
  'restore',
  'purge',
  'import',
  'brake',
  'read',
  'discover',
  'token',
  'bulk',
  'unknown',
] as const;

export const OUTCOMES = ['succeeded', 'removed', 'kept', 'returned', 'ignored', 'refused', 'failed'] as const;

const text = z.nullable(z.string());

/** One change, or one failure; docs/reference/report.md says what each field holds. */
export const rowSchema = z.readonly(
  z.strictObject({
    time: z.iso.datetime(),
    application: text,
    by: text,
    subject: text,
    previousSubject: text,
    resourceType: text,
    resourceId: text,
    action: z.enum(ACTIONS),
    changed: z.readonly(z.array(z.string())),
    outcome: z.enum(OUTCOMES),
    refusal: text,
    reason: text,
    status: z.nullable(z.int()),
    requestId: text,
    operation: z.nullable(z.int()),
  }),
);

export type Row = z.output<typeof rowSchema>;
export type Action = Row['action'];
export type Outcome = Row['outcome'];

/** What a line comes to: a row of the report, or something that is only counted. */
export type Entry = { readonly row: Row; readonly countsAs: 'row' | 'read' | 'unchanged' | 'token' };

const MADE: readonly Outcome[] = ['succeeded', 'removed', 'kept', 'returned'];

/** Says whether the directory is another one than before. */
export const isChange = ({ outcome }: Pick<Row, 'outcome'>): boolean => MADE.includes(outcome);

export const isFailure = ({ outcome }: Pick<Row, 'outcome'>): boolean => outcome === 'refused' || outcome === 'failed';
