import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderMappingSchema } from '../../scripts/docs/mapping-schema.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { parseMapping } from '../../src/scim/mapping/parse.ts';
import { keysOfAttribute } from '../../src/scim/mapping/shape.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('the JSON Schema of mappings', () => {
  it('is the one the parser renders (else run `node scripts/write-mapping-schema.ts`)', () => {
    expect(JSON.parse(read('docs/reference/mapping.schema.json'))).toEqual(JSON.parse(renderMappingSchema()));
  });

  it('describes every key', () => {
    const { properties } = JSON.parse(renderMappingSchema()).additionalProperties.items;

    expect(Object.keys(properties)).toEqual(keysOfAttribute());
    for (const key of keysOfAttribute()) expect(properties[key].description).toMatch(/\.$/);
  });
});

describe('the examples of mappings', () => {
  it.each(openRepository(ROOT).files('.json', 'examples/mappings'))('%s is one', (file) => {
    expect(() => parseMapping(REGISTRY, JSON.parse(read(file)))).not.toThrow();
  });
});
