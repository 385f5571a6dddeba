import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkSecurity } from '../../scripts/docs/check-security.ts';
import { openRepository } from '../../scripts/docs/repository.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGE = 'docs/explanation/security.md';
const text = openRepository(ROOT).text(PAGE);

const findingsIn = (changed: string): readonly string[] =>
  checkSecurity(openRepository(ROOT, { [PAGE]: changed })).map(({ message }) => message);

describe('what is said to stop somebody', () => {
  it.each([
    ['a test that is gone', '› let only admin write', '› let only grace write', 'has no test "let only grace write credentials"'],
    ['a file that is gone', 'handlers/brake', 'handlers/brakes', 'test/handlers/brakes.test.ts has no test'],
    ['no test at all', /(refuse to be|refuses to be) deleted, and outlives its stack \| .* \|/, '$1 deleted |  |', 'names no test'],
  ])('is held against %s', (_title, part, instead, says) => {
    const changed = text.replaceAll(typeof part === 'string' ? part : new RegExp(part, 'g'), instead);

    expect(changed).not.toBe(text);
    expect(findingsIn(changed)).toContainEqual(expect.stringContaining(says));
  });

  it('is missed when its form is no longer what is read', () => {
    expect(findingsIn('# Security\n')).toEqual([expect.stringContaining('only 0 rows')]);
  });
});
