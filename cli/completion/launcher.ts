import { join } from 'node:path';

/** How this very copy of the program is run, from whichever folder. */
export type Launcher = { readonly node: string; readonly cache: string; readonly folder: string; readonly program: string };

export function ownLauncher(): Launcher {
  const folder = join(import.meta.dirname, '..', '..');
  return { node: process.execPath, cache: join(folder, 'cli', 'compile-cache.mjs'), folder, program: join(folder, 'cli', 'main.ts') };
}
