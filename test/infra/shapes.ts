import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

type File = Readonly<Record<string, unknown>>;

const FOLDER = join(import.meta.dirname, 'shapes');

const readFile = (file: string): File => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

/** The account's file that stands beside every shape. */
export const ACCOUNT = readFile('account.json');

/** Tenant files that between them use every setting: all that is judged of a stack is judged of these. */
export const SHAPES: Readonly<Record<string, File>> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((file) => file !== 'account.json')
    .map((file) => [basename(file, '.json'), readFile(file)]),
);
