import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { UsageError } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import type { FileContents } from './file-contents.ts';
import { readBegun } from './read-begun.ts';

/**
 * Reads the whole file before anything of it is sent: one that is damaged changes nothing.
 *
 * @throws {AdminRefusal} it is no export, or one that broke off
 */
export async function checkFile(path: string, isPartialToo: boolean, terminal: Pick<Terminal, 'readPieces'>): Promise<FileContents> {
  const contents = await readBegun(path, terminal);
  if (contents === undefined) throw new UsageError(`${path} cannot be read: there is no such file.`);
  if ('fault' in contents) throw new AdminRefusal(`${path} is no export of a directory: ${contents.fault}`);
  if (contents.header === undefined) throw new AdminRefusal(`${path} is empty.`);
  if (!isPartialToo && !contents.isComplete)
    throw new AdminRefusal(
      contents.end === undefined
        ? `${path} broke off: its last line, with the counts, is missing. Finish it with "scim export --resume", or take what there is with --partial.`
        : `${path} does not hold what its last line says: lines are missing, or were added. Take it all the same with --partial.`,
    );
  return contents;
}
