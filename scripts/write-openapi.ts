/**
 * Writes the OpenAPI 3.1 document of the endpoint, after a change of attributes, refusals, limits or routes:
 * `npm run openapi`, or `npm run openapi -- --out FILE`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { renderText } from './openapi/text.ts';

const { values } = parseArgs({ options: { out: { type: 'string', short: 'o' } } });
const file = values.out ?? fileURLToPath(new URL('../docs/reference/openapi.json', import.meta.url));
writeFileSync(file, renderText());
console.log(`wrote ${file}`);
