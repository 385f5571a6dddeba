import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { StartRefusal, systemCode } from './start-refusal.ts';

/** Where this machine's server keeps everything that outlives it. */
export type DataFolder = {
  readonly path: string;
  readonly pathOf: (file: string) => string;
  readonly lock: FolderLock;
};

/** Makes the folder if need be, readable to nobody else, and takes it for this process. */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  const path = resolve(folder);
  const pathOf = (file: string): string => join(path, file);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return { path, pathOf, lock: await lockFolder(path) };
  } catch (error) {
    if (error instanceof StartRefusal) throw error;
    const reason = systemCode(error) ?? 'an unexpected failure';
    throw new StartRefusal(`The data folder ${path} cannot be written to (${reason}). Choose another: DATA_DIR=… npm start.`, {
      cause: error,
    });
  }
}

/** Replaces the file as a whole, readable to its owner alone; whoever reads it sees the old text or the new. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const draft = join(dirname(file), `.${randomBytes(6).toString('hex')}.draft`);
  try {
    await using handle = await open(draft, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.sync();
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The file's text, or undefined when there is none. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
