import { once } from 'node:events';
import { open } from 'node:fs/promises';

/** Where an export goes; what was written is on its way when the promise is kept, so that nothing piles up. */
export type Output = { readonly write: (text: string) => Promise<void>; readonly close: () => Promise<void> };

/** Opens a file and cuts it off after so many bytes; standard output where none is named. */
export type OpenOutput = (path: string | undefined, keptBytes: number) => Promise<Output>;

/** Whoever may read the file may read the directory. */
const OWNER_ALONE = 0o600;

export const openOutput: OpenOutput = async (path, keptBytes) => {
  if (path === undefined) return { write: writeToStandardOutput, close: async () => {} };
  const file = await open(path, keptBytes === 0 ? 'w' : 'r+', OWNER_ALONE);
  await file.truncate(keptBytes);
  let end = keptBytes;
  return {
    write: async (text) => {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, end + written);
        written += bytesWritten;
      }
      end += bytes.length;
    },
    close: async () => {
      await file.sync();
      await file.close();
    },
  };
};

async function writeToStandardOutput(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
