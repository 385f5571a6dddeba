import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fencesOf } from '../../scripts/docs/markdown.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { COMMANDS, ownWords, understand } from '../support/understand-line.ts';
import { isRunnable, isShell } from './run-page.ts';

const repository = openRepository(join(import.meta.dirname, '..', '..'));
const NAMES = COMMANDS.map(({ name }) => name);
const LINE = /npm run (?:-s |--silent )?scim -- /;

/** What no other test runs: it needs AWS, or somebody at the terminal. */
const lines = ['README.md', ...repository.files('.md', 'docs')].flatMap((file) =>
  fencesOf(repository.page(file))
    .filter((fence) => isShell(fence) && !isRunnable(fence))
    .flatMap(({ line, text }) =>
      text
        .replaceAll('\\\n', '')
        .split('\n')
        .filter((command) => LINE.test(command))
        .map((command) => [`${file}:${line}`, command] as const),
    ),
);

describe('a command that the docs show and no test of theirs runs', () => {
  it.each(lines)('%s: "%s" is one there is, with flags it has', async (_at, line) => {
    expect(NAMES).toContain(await understand(ownWords(line)));
  });

  it('is noticed when it has a flag that it does not have', async () => {
    expect(await understand(ownWords('npm run scim -- doctor --locally'))).toMatch(/unknown option '--locally'/);
  });

  it('is looked for where commands are', () => {
    expect(lines.length).toBeGreaterThan(10);
  });
});
