import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AdminRefusal } from '../src/access/admin-refusal.ts';

/** The tenant files of this copy, by the names of the tenants. */
export type TenantFiles = {
  readonly folder: string;
  readonly names: () => Promise<readonly string[]>;
  /** Reads the text of a file; undefined where there is none. */
  readonly read: (name: string) => Promise<string | undefined>;
  /** Writes a file, whole or not at all; false where one is there that may not be replaced. */
  readonly write: (name: string, text: string, options: { readonly replace: boolean }) => Promise<boolean>;
};

export const tenantFilesIn = (folder: string): TenantFiles => ({
  folder,
  names: async () => {
    const files = await readdir(folder).catch((error: unknown) => (codeOf(error) === 'ENOENT' ? [] : fail(folder, error)));
    const own = files.filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json') && file !== 'account.json');
    return own.map((file) => file.slice(0, -'.json'.length)).toSorted();
  },
  read: (name) =>
    readFile(fileOf(folder, name), 'utf8').catch((error: unknown) =>
      codeOf(error) === 'ENOENT' ? undefined : fail(fileOf(folder, name), error),
    ),
  write: async (name, text, { replace }) => {
    const file = fileOf(folder, name);
    await mkdir(folder, { recursive: true }).catch((error: unknown) => fail(folder, error));
    const written = replace ? writeBeside(file, text) : writeFile(file, text, { flag: 'wx' });
    return written.then(
      () => true,
      (error: unknown) => (codeOf(error) === 'EEXIST' ? false : fail(file, error)),
    );
  },
});

const fileOf = (folder: string, name: string): string => join(folder, `${name}.json`);

async function writeBeside(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

function fail(path: string, cause: unknown): never {
  throw new AdminRefusal(`${path} cannot be read or written (${codeOf(cause)}).`, { cause });
}

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);
