import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../unit/scim');

/** All unit tests of the protocol core as one, so that mutation testing loads the core once for each mutant, not once for each file of tests. */
for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()) {
  if (file.endsWith('.test.ts')) await import(join(FOLDER, file));
}
