import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import type { Terminal } from '../../terminal.ts';
import { FileContents } from './file-contents.ts';
import { splitLines } from './split-lines.ts';

export type NoExport = { readonly fault: string };

/** Reads what an export has written so far, without a last line that broke off; undefined where there is no file. */
export async function readBegun(path: string, { readPieces }: Pick<Terminal, 'readPieces'>): Promise<FileContents | NoExport | undefined> {
  const contents = new FileContents();
  try {
    for await (const line of splitLines(readPieces(path))) {
      const fault = line.isWhole ? contents.take(line) : contents.takeRest(line.text);
      if (fault !== undefined) return { fault: `line ${line.number}: ${fault}` };
    }
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (error instanceof AdminRefusal) return { fault: error.message };
    throw new AdminRefusal(`${path} cannot be read.`, { cause: error });
  }
  return contents;
}

const isAbsent = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
