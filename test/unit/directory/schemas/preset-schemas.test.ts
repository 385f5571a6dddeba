import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PRESET_SCHEMAS } from '../../../../src/directory/schemas/preset-schemas.ts';

describe('the schemas of presets', () => {
  it.each(Object.entries(PRESET_SCHEMAS))('shows people %s as it is applied', async (name, { document }) => {
    const file = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'schemas', `${name}.json`);

    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(document);
  });
});
