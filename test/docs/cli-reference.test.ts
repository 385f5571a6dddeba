import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../cli/program.ts';
import { tenantFilesIn } from '../../cli/tenant-files.ts';
import { fencesOf } from '../../scripts/docs/markdown.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { nobodyToAsk } from '../support/asking.ts';

const page = openRepository(join(import.meta.dirname, '..', '..')).page('docs/reference/cli.md');

/** What each help text on the page belongs to, by its mark: `help: token create`. */
const documented = new Map(
  fencesOf(page).flatMap(({ mark, text }) => {
    const words = /^help: (.+)$/.exec(mark ?? '')?.[1];
    return words === undefined ? [] : [[words.replace('(none)', ''), text]];
  }),
);

/** How lines are broken depends on the terminal. */
const asOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

async function helpOf(words: string): Promise<string> {
  const printed: string[] = [];
  const terminal = {
    print: (line: string) => void printed.push(line),
    say: () => {},
    now: () => new Date(0),
    userName: 'someone',
    dataFolder: '.local',
    tenantFiles: tenantFilesIn('tenants'),
    invokeAdmin: () => Promise.reject(new TypeError('help asks nobody')),
    readFile: () => Promise.reject(new TypeError('help reads nothing')),
    readPieces: () => {
      throw new TypeError('help reads nothing');
    },
    openOutput: () => Promise.reject(new TypeError('help writes nothing')),
    progress: undefined,
    ...nobodyToAsk,
  };
  await runCommandLine([...words.split(' ').filter(Boolean), '--help'], terminal);
  return printed.join('\n');
}

describe('the page on commands', () => {
  it.each([...documented])('shows the help of "scim %s" as it is', async (words, text) => {
    expect(asOneLine(text)).toBe(asOneLine(await helpOf(words)));
  });

  it('shows the help of every command there is', async () => {
    const commandsIn = (help: string): readonly string[] =>
      [...(/Commands:\n([\s\S]*)/.exec(help)?.[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name);
    const groups = commandsIn(await helpOf(''));
    const commands = await Promise.all(groups.map(async (group) => commandsIn(await helpOf(group)).map((name) => `${group} ${name}`)));

    expect([...documented.keys()].sort()).toEqual(['', ...groups, ...commands.flat()].sort());
  });
});
