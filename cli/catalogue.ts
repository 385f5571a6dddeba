import type { Command } from './command.ts';
import { type Catalogue, COMMAND_GROUPS } from './groups.ts';

/** The commands of one word, which are loaded unless the first word is a group's. */
export async function loadSingleCommands(): Promise<readonly Command[]> {
  const [{ completionOf }, transfer, recovery, doctor, connection, log, report, cost] = await Promise.all([
    import('./commands/completion/completion.ts'),
    import('./commands/transfer/group.ts'),
    import('./commands/restore/group.ts'),
    import('./commands/doctor/group.ts'),
    import('./commands/connection/group.ts'),
    import('./commands/log/group.ts'),
    import('./commands/report/group.ts'),
    import('./commands/cost/group.ts'),
  ]);
  return [
    ...transfer.COMMANDS,
    ...recovery.COMMANDS,
    ...doctor.COMMANDS,
    ...connection.COMMANDS,
    ...log.COMMANDS,
    ...report.COMMANDS,
    ...cost.COMMANDS,
    completionOf(loadCatalogue),
  ];
}

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
