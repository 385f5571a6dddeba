import { type FileHandle, open } from 'node:fs/promises';

const NEW_LINE = 0x0a;
const PIECE_BYTES = 256 * 1024;

/** Where a reader of a growing file stands, and the half of a line it has read last. */
export type Place = { readonly offset: number; readonly rest: Buffer };

export const BEGINNING: Place = { offset: 0, rest: Buffer.alloc(0) };

/** Reads the whole lines there are from a place on; returns where the next ones will begin. */
export async function* wholeLines(file: FileHandle, { offset, rest }: Place): AsyncGenerator<string, Place> {
  let [at, held] = [offset, rest];
  const piece = Buffer.alloc(PIECE_BYTES);
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, at);
    if (bytesRead === 0) return { offset: at, rest: held };
    at += bytesRead;
    held = Buffer.concat([held, piece.subarray(0, bytesRead)]);
    let begin = 0;
    for (let end = held.indexOf(NEW_LINE); end >= 0; end = held.indexOf(NEW_LINE, begin)) {
      yield held.toString('utf8', begin, end);
      begin = end + 1;
    }
    held = held.subarray(begin);
  }
}

/** Opens a file to be read; undefined where there is none. */
export async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
