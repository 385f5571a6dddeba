import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkEmulator } from '../../scripts/docs/check-emulator.ts';
import { openRepository } from '../../scripts/docs/repository.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGE = 'docs/explanation/emulator.md';
const text = openRepository(ROOT).text(PAGE);

const findingsIn = (changed: string): readonly string[] =>
  checkEmulator(openRepository(ROOT, { [PAGE]: changed })).map(({ message }) => message);

describe('what is said of the emulator', () => {
  it.each([
    ['a test that is gone', '› let only admin write', '› let only grace write', 'has no test "let only grace write credentials"'],
    ['an adaptation that is gone', '`TLS is not demanded`', '`TLS is feared`', 'is no adaptation'],
    ['an adaptation that it does not tell of', /\| `TLS is not demanded`.*\n/, '', 'no row tells of the adaptation "TLS is not demanded"'],
    ['a difference without a test', /\| none \| .* \|/, '| none |  |', 'names no test'],
  ])('is held against %s', (_title, part, instead, says) => {
    const changed = text.replace(part, instead);

    expect(changed).not.toBe(text);
    expect(findingsIn(changed)).toContainEqual(expect.stringContaining(says));
  });

  it('is missed when its form is no longer what is read', () => {
    expect(findingsIn('# Emulator\n')).toContainEqual(expect.stringContaining('only 0 rows'));
  });
});
