import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Page, parsePage } from './markdown.ts';

/** Something in the docs that is not so, or no longer. */
export type Finding = {
  readonly file: string;
  readonly line: number;
  /** What is wrong, and what to do about it. */
  readonly message: string;
};

/** The files that the docs are held against; paths are relative to the root, with slashes. */
export type Repository = {
  /** Empty for a file that is not there. */
  readonly text: (file: string) => string;
  readonly page: (file: string) => Page;
  readonly has: (path: string) => boolean;
  /** All files with this ending, of a folder or of all of them. */
  readonly files: (ending: string, folder?: string) => readonly string[];
};

const NOT_OURS = ['node_modules', 'dist', 'cdk.out', 'coverage', '.git', '.local', '.conformance'];

/** Opens the working copy; `instead` puts other texts in place of some files, for tests. */
export function openRepository(root: string, instead: Readonly<Record<string, string>> = {}): Repository {
  const text = (file: string): string => instead[file] ?? (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '');
  return {
    text,
    page: (file) => parsePage(file, text(file)),
    has: (path) => Object.hasOwn(instead, path) || existsSync(join(root, path)),
    files: (ending, folder = '.') => [
      ...new Set([...walk(root, folder), ...Object.keys(instead)].filter((file) => file.endsWith(ending) && isBelow(file, folder))),
    ],
  };
}

const isBelow = (file: string, folder: string): boolean => folder === '.' || file.startsWith(`${folder}/`);

function walk(root: string, folder: string): readonly string[] {
  const path = join(root, folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = relative(root, join(path, entry.name)).replaceAll('\\', '/');
      return entry.isDirectory() ? walk(root, below) : [below];
    });
}
