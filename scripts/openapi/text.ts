import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { renderDocument } from './document.ts';

const packageSchema = z.object({ version: z.string() });

/** The document of this version, with the resource types that every tenant has. */
export function renderText(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return `${JSON.stringify(renderDocument(REGISTRY, packageSchema.parse(JSON.parse(text)).version), null, 2)}\n`;
}
