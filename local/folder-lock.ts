import { rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefusal } from './start-refusal.ts';

export type FolderLock = {
  /** Tells whoever is refused meanwhile which process holds the folder, and where it listens. */
  readonly describe: (url: string) => Promise<void>;
  readonly release: () => void;
};

const SQLITE_BUSY = 5;
/** A server that was told to stop has let go by then: whoever starts it again need not wait for its end. */
const RELEASED_WITHIN_MS = 3_000;

/**
 * Takes the folder for this process, or refuses.
 *
 * The lock is SQLite's on an empty file, because the system takes it from a process that ends, SIGKILL included: no
 * left-over has to be told from a running server by its process id, and of two servers that start at once one wins.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const holder = join(folder, 'server.json');
  const lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: RELEASED_WITHIN_MS });
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new StartRefusal(await wordsFor(folder, holder), { cause: error });
  }
  return {
    describe: (url) => writeFile(holder, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 }),
    release: () => {
      rmSync(holder, { force: true });
      lock.close();
    },
  };
}

const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === SQLITE_BUSY;

async function wordsFor(folder: string, holder: string): Promise<string> {
  const description = await readFile(holder, 'utf8').catch(() => undefined);
  const who =
    description === undefined ? 'another server' : `another server (${description.replaceAll(/["{}]/g, '').replaceAll(',', ', ')})`;
  return `The data folder ${folder} is in use by ${who}. Stop that one, or choose another folder: DATA_DIR=… npm start.`;
}
