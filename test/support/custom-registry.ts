import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyFile } from '../../src/scim/schema/custom/apply-file.ts';
import { buildRegistry } from '../../src/scim/schema/custom/build-registry.ts';
import { NO_CUSTOMIZATION } from '../../src/scim/schema/custom/customization.ts';
import { parseSchemaFile } from '../../src/scim/schema/custom/parse.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';

export const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples', 'schemas');

export const readExample = (name: string): unknown => JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8'));

/** The resource types there are once these files have been applied. */
export const registryWith = (...files: readonly unknown[]): Registry =>
  buildRegistry(
    REGISTRY,
    files.reduce<typeof NO_CUSTOMIZATION>((current, file) => applyFile(REGISTRY, current, parseSchemaFile(file), {}), NO_CUSTOMIZATION),
  );
