import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { codeIn, rowsUnder } from '../../scripts/docs/markdown.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { issuingSchema } from '../../src/access/issuing.ts';
import { PRESET_NAMES, presetOf } from '../../src/access/presets.ts';
import { PRESET_SCHEMAS } from '../../src/directory/schemas/preset-schemas.ts';

const page = openRepository(join(import.meta.dirname, '..', '..')).page('docs/reference/policies.md');
const rows = rowsUnder(page, 'Presets');

describe('the presets in the reference of policies', () => {
  it('are those there are', () => {
    expect(rows.map(({ cells: [name] }) => codeIn(name))).toEqual(PRESET_NAMES);
  });

  it.each(PRESET_NAMES)('%s sets what is written there', (name) => {
    const [, title, sets = ''] = rows.find(({ cells }) => codeIn(cells[0]) === name)?.cells ?? [];
    const { title: expected, settings, extension } = presetOf(name);

    expect(title).toBe(expected);
    expect(JSON.parse(codeIn(sets) ?? '')).toEqual(settings);
    expect(/`(urn:[^`]+)`/.exec(sets)?.[1]).toBe(extension && PRESET_SCHEMAS[extension].id);
  });
});

it('the defaults of how credentials are made are in the reference of policies', () => {
  const defaults = rowsUnder(page, 'How credentials are made').map(({ cells: [name, value] }) => [codeIn(name), codeIn(value)]);
  const expected = Object.entries(issuingSchema.parse({})).map(([name, value]) => [`credentials.${name}`, JSON.stringify(value)]);

  expect(defaults).toEqual(expected);
});
