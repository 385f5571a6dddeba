import { Command as Commander, CommanderError, Option } from 'commander';
import { AdminRefusal } from '../src/access/admin-refusal.ts';
import { type Command, UsageError } from './command.ts';
import { appSet } from './commands/app-set.ts';
import { appShow } from './commands/app-show.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { removedOf } from './commands/removed.ts';
import { restoreOf } from './commands/restore.ts';
import { schemaApply } from './commands/schema-apply.ts';
import { schemaList } from './commands/schema-list.ts';
import { schemaRemove } from './commands/schema-remove.ts';
import { schemaShow } from './commands/schema-show.ts';
import { tokenCreate } from './commands/token-create.ts';
import { tokenList } from './commands/token-list.ts';
import { tokenRevoke } from './commands/token-revoke.ts';
import { RESOURCE_GROUPS } from './resource-groups.ts';
import type { Terminal } from './terminal.ts';

const GROUPS = [
  { name: 'app', summary: 'Show and change the settings of the application that clients are.', commands: [appShow, appSet] },
  ...RESOURCE_GROUPS.map((resources) => ({
    name: resources.group,
    summary: `List the ${resources.nouns} that were removed, and bring one back.`,
    commands: [removedOf(resources), restoreOf(resources)],
  })),
  {
    name: 'schema',
    summary: 'Add attributes and resource types of your own, and look at all there are.',
    commands: [schemaApply, schemaList, schemaShow, schemaRemove],
  },
  { name: 'token', summary: 'Make, list and revoke the tokens that clients present.', commands: [tokenCreate, tokenList, tokenRevoke] },
];

const COMMANDS = [exportCommand, importCommand];

const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Runs one command line and says how it went: 0 done, 1 refused, 2 not understood. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await programOf(terminal).parseAsync(words, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof UsageError) return tell(error, EXIT.usage, terminal);
    if (error instanceof AdminRefusal) return tell(error, EXIT.refused, terminal);
    throw error;
  }
}

function programOf(terminal: Terminal): Commander {
  const program = new Commander('scim')
    .description('Administers a SCIM endpoint: the one on this machine (--local) or a deployed one (--tenant NAME).')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: (text) => terminal.say(text.trimEnd()) })
    .showHelpAfterError('Add --help to see what there is.')
    .helpCommand(false);
  for (const command of COMMANDS) add(command, program, terminal);
  for (const { name, summary, commands } of GROUPS) {
    const group = program.command(name).description(summary).helpCommand(false);
    for (const command of commands) add(command, group, terminal);
  }
  return program;
}

function add({ name, summary, argument, flags, examples, run }: Command, group: Commander, terminal: Terminal): void {
  const command = group.command(name.split(' ').at(-1) ?? name).description(summary);
  if (argument) command.argument(`<${argument.name}>`, argument.summary);
  for (const { flags: spelling, summary: meaning, choices } of flags) {
    const option = new Option(spelling, meaning);
    command.addOption(choices ? option.choices(choices) : option);
  }
  command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ npm run ${example.replace(' ', ' -- ')}`).join('\n')}`);
  command.action(() => run({ ...command.opts(), ...(argument && { [argument.name]: command.args[0] }) }, terminal));
}

function tell(error: Error, exitCode: number, terminal: Terminal): number {
  terminal.say(error.message);
  return exitCode;
}
