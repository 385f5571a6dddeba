import { Command as Commander } from 'commander';
import { addGroup } from '../../cli/build-program.ts';
import { loadCatalogue } from '../../cli/catalogue.ts';
import type { Command } from '../../cli/command.ts';
import { aTerminal } from './admin-terminal.ts';

const { single, groups } = await loadCatalogue();
export const COMMANDS: readonly Command[] = [...single, ...groups.flatMap((group) => group.commands)];

/** The words of a line as a shell parts them, from behind `scim` up to where it sends them. */
export function ownWords(line: string): readonly string[] {
  const words = [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ''));
  const begin = words.indexOf('scim') + 1;
  const end = words.findIndex((word, index) => index > begin && /^[|<>#&]/.test(word));
  return words.slice(begin, end < 0 ? undefined : end).filter((word) => word !== '--');
}

/** Understands words as the program does, and does nothing: the name of the command, or what is said against them. */
export async function understand(words: readonly string[]): Promise<string> {
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
