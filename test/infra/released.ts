import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from './synthesised.ts';

type File = Readonly<Record<string, unknown>>;
export type Resources = Readonly<Record<string, Resource>>;

/** A stack as a released version made it, and the file it was made from: the tenant's, or none for the account's. */
export type ReleasedStack = { readonly version: string; readonly stack: string; readonly file?: File; readonly resources: Resources };

const FOLDER = join(import.meta.dirname, 'released');

const readJson = (...path: readonly string[]) => JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8'));

const { types } = readJson('create-only.json') as { readonly types: Readonly<Record<string, readonly string[]>> };

/** What replaces a resource of this type when it changes. */
export const createOnlyOf = (type: string): readonly string[] => types[type] ?? [];

export function readReleased(): readonly ReleasedStack[] {
  const versions = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return versions.flatMap(({ name: version }) => {
    const files = readdirSync(join(FOLDER, version)).filter((file) => file.startsWith('scim-'));
    return files.map((file) => {
      const tenant = file.slice('scim-'.length, -'.json'.length);
      const stack = { version, stack: `scim-${tenant}`, resources: readJson(version, file).Resources as Resources };
      return tenant === 'account' ? stack : { ...stack, file: readJson(version, 'tenants', `${tenant}.json`) };
    });
  });
}
