import { Command as Commander, CommanderError, Option } from 'commander';
import { AdminRefusal } from '../src/access/admin-refusal.ts';
import { type Command, UsageError } from './command.ts';
import { COMMAND_GROUPS, loadSingleCommands } from './groups.ts';
import type { Terminal } from './terminal.ts';

const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Runs one command line and says how it went: 0 done, 1 refused, 2 not understood. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await (await programOf(words[0], terminal)).parseAsync(words, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof UsageError) return tell(error, EXIT.usage, terminal);
    if (error instanceof AdminRefusal) return tell(error, EXIT.refused, terminal);
    throw error;
  }
}

/** Knows every group by name, and the commands of the one that the first word names: loading takes longer than running. */
async function programOf(firstWord: string | undefined, terminal: Terminal): Promise<Commander> {
  const program = new Commander('scim')
    .description('Administers a SCIM endpoint: the one on this machine (--local) or a deployed one (--tenant NAME).')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: (text) => terminal.say(text.trimEnd()) })
    .showHelpAfterError('Add --help to see what there is.')
    .helpCommand(false);
  const named = COMMAND_GROUPS.find(({ name }) => name === firstWord);
  const singleCommands = named === undefined ? await loadSingleCommands() : [];
  for (const command of singleCommands) add(command, program, terminal);
  for (const { name, summary } of COMMAND_GROUPS) {
    const group = program.command(name).description(summary).helpCommand(false);
    const commands = name === named?.name ? await named.load() : [];
    for (const command of commands) add(command, group, terminal);
  }
  return program;
}

function add({ name, summary, argument, flags, examples, run }: Command, group: Commander, terminal: Terminal): void {
  const command = group.command(name.split(' ').at(-1) ?? name).description(summary);
  if (argument) command.argument(argument.isOptional ? `[${argument.name}]` : `<${argument.name}>`, argument.summary);
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
