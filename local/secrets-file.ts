import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Secrets, secretsSchema } from './secrets-versions.ts';
import { systemCode } from './start-refusal.ts';

/** Reads all secrets; a file that is not there yet holds none. */
export function readSecrets(file: string): Secrets {
  const text = readIfThere(file);
  if (text === undefined) return {};
  const parsed = secretsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new TypeError(`${file} is not a file of local secrets: move it away, and a new one is begun.`);
}

/** Replaces the file at once or not at all, and returns when the disk has it: what was acknowledged outlives a kill. */
export function writeSecrets(file: string, secrets: Secrets): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, file);
  flushFolder(folder);
}

function flushFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** JSON.parse quotes the text in its error, and this text is secret. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
