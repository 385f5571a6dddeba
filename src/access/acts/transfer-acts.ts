import * as z from 'zod/mini';
import { act, dryRun, id, plainText } from './fields.ts';

/** So many lines are one batch of an import. */
export const MAX_IMPORT_LINES = 1_000;

const PLACE = 'must be a place in an export';
/** What the last line of an export is about: the next page begins behind it. */
const place = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('resource'), type: plainText, id }),
    z.strictObject({ kind: z.literal('members'), type: plainText, id, after: z.optional(id) }),
  ],
  PLACE,
);
const LINES = `must be a list of at most ${MAX_IMPORT_LINES} lines`;

export const TRANSFER_ACTS = {
  'directory.export': act('directory.export', {
    after: z.optional(place),
    /** The first line of the file that is gone on with. */
    header: z.optional(z.string('must be the first line of an export')),
  }),
  'directory.import': act('directory.import', {
    /** The first line of the file, with every batch of the others. */
    header: z.string('must be the first line of an export'),
    lines: z.readonly(z.array(z.string('must be a line of an export'), LINES).check(z.maxLength(MAX_IMPORT_LINES, LINES))),
    /** Which line of the file the first of them is. */
    firstLine: z._default(z.int('must be the number of a line').check(z.gte(1)), 1),
    onConflict: z._default(z.enum(['fail', 'skip', 'replace'], 'must be "fail", "skip" or "replace"'), 'fail'),
    dryRun,
  }),
};
