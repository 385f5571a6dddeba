import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { FileContents } from './file-contents.ts';
import { counted } from './rate.ts';
import { readBegun } from './read-begun.ts';
import { writeExport } from './write-export.ts';

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Write the whole directory to a file: schemas, users, groups and memberships, a JSON object a line; no secrets.',
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--out <file>', summary: 'where to write it (default: standard output)' },
    { flags: '--resume', summary: 'go on where the file ends, if an export into it broke off' },
    { flags: '--force', summary: 'write the file anew if it is there' },
  ],
  examples: ['scim export --local --out directory.ndjson', 'scim export --tenant example --out directory.ndjson --resume'],
  options: z.strictObject({
    ...adminOptions,
    out: z.optional(z.string()),
    resume: z.optional(z.literal(true)),
    force: z.optional(z.literal(true)),
  }),
  run: async ({ json, by, out, resume, force, ...target }, terminal) => {
    const named = targetOf(target, terminal);
    if (out === undefined && (json || resume || force)) throw new UsageError('--json, --resume and --force need --out FILE.');
    if (resume && force) throw new UsageError('--resume and --force exclude each other: go on, or begin anew.');
    const contents = out === undefined || force ? new FileContents() : await begun(out, resume === true, terminal);
    if (contents.end === undefined) await writeExport({ target: named, by: by ?? terminal.userName, out, contents }, terminal);
    if (json) terminal.print(JSON.stringify({ file: out, resources: contents.resources, memberships: contents.memberships }));
    else terminal.say(`${describe(contents)}${out === undefined ? '' : ` in ${out}`}.`);
  },
});

/** @throws {UsageError} when a file would be written over, or gone on with, that nobody said so of */
async function begun(out: string, resume: boolean, terminal: Terminal): Promise<FileContents> {
  const contents = await readBegun(out, terminal);
  if (contents === undefined) return new FileContents();
  if ('fault' in contents) throw new UsageError(`${out} is there and is no export (${contents.fault}): name another file, or --force.`);
  if (contents.end !== undefined && !contents.isComplete)
    throw new AdminRefusal(`${out} ends with counts that are not those of its lines: it was changed. Begin it anew with --force.`);
  if (resume || (contents.lines === 0 && !contents.isCutOff)) return contents;
  throw new UsageError(
    contents.end === undefined
      ? `${out} is there, with ${describe(contents)}: go on with --resume, or begin anew with --force.`
      : `${out} is there, and complete: write it anew with --force, or name another file.`,
  );
}

const describe = ({ resourceCount, memberships }: FileContents): string =>
  `${counted(resourceCount, 'resource')} and ${counted(memberships, 'membership')}`;
