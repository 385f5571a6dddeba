import { describe, expect, it } from '@jest/globals';
import { Command as Commander } from 'commander';
import { addGroup } from '../../../cli/build-program.ts';
import { loadCatalogue } from '../../../cli/catalogue.ts';
import type { Command } from '../../../cli/command.ts';
import { ADMIN_FLAGS } from '../../../cli/target.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

const { single, groups } = await loadCatalogue();
const commands = [...single, ...groups.flatMap((group) => group.commands)];

/** What it prints is for a shell to read. */
const WITHOUT_JSON = ['completion'];

const flagsOf = ({ flags }: Command): readonly string[] => flags.map(({ flags: spelling }) => spelling);

/** The words of an example as a shell parts them, up to where it sends them. */
const wordsOf = (example: string): readonly string[] =>
  [...example.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ''));
const ownWords = (example: string): readonly string[] => {
  const words = wordsOf(example);
  const begin = words.indexOf('scim') + 1;
  const end = words.findIndex((word, index) => index > begin && /^[|<>]/.test(word));
  return words.slice(begin, end < 0 ? undefined : end);
};

/** Understands a line as the program does, and does nothing. */
async function understand(words: readonly string[]): Promise<string> {
  const ran: string[] = [];
  const program = new Commander('scim').exitOverride().configureOutput({ writeErr: (text) => ran.push(text) });
  const inert = (all: readonly Command[]) => all.map((command) => ({ ...command, run: async () => void ran.push(command.name) }));
  const place = { parent: program, terminal: aTerminal().terminal };
  for (const group of groups) addGroup(group, inert(group.commands), place);
  addGroup({ name: 'single', summary: '' }, inert(single.map((command) => ({ ...command, name: `single ${command.name}` }))), place);
  const isSingle = single.some(({ name }) => name === words[0]);
  await program.parseAsync(isSingle ? ['single', ...words] : [...words], { from: 'user' }).catch(() => {});
  return ran.join('').replace('single ', '');
}

describe.each(commands.map((command) => [command.name, command] as const))('scim %s', (name, command) => {
  it('takes --json, and whom to administer as all others do', () => {
    const flags = flagsOf(command);
    const admin = ADMIN_FLAGS.map(({ flags: spelling }) => spelling);

    expect(flags.includes('--json')).toBe(!WITHOUT_JSON.includes(name));
    expect(flags.filter((flag) => admin.includes(flag))).toEqual(
      flags.includes('--local') ? admin : flags.filter((flag) => flag === '--json'),
    );
  });

  it('is summed up in a sentence, and its flags in words', () => {
    expect(command.summary).toMatch(/^[A-Z].*\.$/);
    expect(command.flags.filter(({ summary }) => !/^[^A-Z\s]?.*[^.\s]$/.test(summary))).toEqual([]);
  });

  it('has examples, and understands each', async () => {
    const understood = await Promise.all(command.examples.map((example) => understand(ownWords(example))));

    expect(command.examples.length).toBeGreaterThan(0);
    expect(understood).toEqual(command.examples.map(() => name));
  });
});
