import type { Command } from './command.ts';
import { COMMAND_GROUPS, type CommandGroup, loadSingleCommands } from './groups.ts';

/** Everything there is to run, in the order of the help. */
export type Catalogue = {
  /** The commands of one word. */
  readonly single: readonly Command[];
  readonly groups: readonly (Omit<CommandGroup, 'load'> & { readonly commands: readonly Command[] })[];
};

export async function loadCatalogue(): Promise<Catalogue> {
  const groups = COMMAND_GROUPS.map(async ({ load, ...group }) => ({ ...group, commands: await load() }));
  return { single: await loadSingleCommands(), groups: await Promise.all(groups) };
}

/** The words of every page of help: the whole, the commands of one word, each group, what is within it. */
export const pagesOf = ({ single, groups }: Catalogue): readonly string[] => [
  '',
  ...single.map(({ name }) => name),
  ...groups.flatMap(({ name, parts = [], commands }) => [
    name,
    ...commands.filter((command) => wordsOf(command) === 2).map((command) => command.name),
    ...parts.flatMap((part) => [
      `${name} ${part.name}`,
      ...commands.filter((command) => command.name.startsWith(`${name} ${part.name} `)).map((command) => command.name),
    ]),
  ]),
];

const wordsOf = ({ name }: Command): number => name.split(' ').length;
