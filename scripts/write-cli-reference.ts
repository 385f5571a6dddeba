/** Writes the help of every command into docs/reference/cli.md, and keeps what is written around it: `npm run cli:docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { renderCliReference } from './docs/cli-reference.ts';

const PAGE = new URL('../docs/reference/cli.md', import.meta.url);
writeFileSync(PAGE, await renderCliReference(readFileSync(PAGE, 'utf8')));
