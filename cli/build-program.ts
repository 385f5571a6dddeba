import { Argument, Command as Commander, Option, type OutputConfiguration } from 'commander';
import { loadSingleCommands } from './catalogue.ts';
import type { Command } from './command.ts';
import { COMMAND_GROUPS, type CommandGroup } from './groups.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

/** Where one begins who knows no command yet. */
const FIRST_STEPS = ['scim token create --local', 'scim app show --tenant example', 'scim token create --help'];

/** Examples under the help of a group: one for each of its first commands. */
const GROUP_EXAMPLES = 4;

/** Knows every group by name, and the commands of the one that the first word names: loading takes longer than running. */
export async function programOf(firstWord: string | undefined, terminal: Terminal): Promise<Commander> {
  const program = new Commander('scim')
    .description('Administers a SCIM endpoint: the one on this machine (--local) or a deployed one (--tenant NAME).')
    .version(readVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput(outputTo(terminal))
    .showHelpAfterError('Add --help to see what there is.')
    .helpCommand(false)
    .addHelpText('after', () => printExamples(FIRST_STEPS));
  const named = COMMAND_GROUPS.find(({ name }) => name === firstWord);
  const singleCommands = named === undefined ? await loadSingleCommands() : [];
  for (const command of singleCommands) addCommand(command, program, terminal);
  for (const group of COMMAND_GROUPS) addGroup(group, group === named ? await group.load() : [], { parent: program, terminal });
  return program;
}

const outputTo = ({ print, say, columns }: Terminal): OutputConfiguration => ({
  writeOut: (text) => print(text.trimEnd()),
  writeErr: (text) => say(text.trimEnd()),
  ...(columns !== undefined && { getOutHelpWidth: () => columns }),
});

type Place = { readonly parent: Commander; readonly terminal: Terminal; readonly depth?: number };

/** Adds a group with these commands of it, and the groups within it. */
export function addGroup(group: Omit<CommandGroup, 'load'>, commands: readonly Command[], { parent, terminal, depth = 1 }: Place): void {
  const { name, summary, parts = [] } = group;
  const added = parent.command(name).description(summary).helpCommand(false);
  addExamples(added, commands);
  const wordsOf = (command: Command): readonly string[] => command.name.split(' ').slice(depth);
  for (const command of commands.filter((one) => wordsOf(one).length === 1)) addCommand(command, added, terminal);
  for (const part of parts) {
    const within = commands.filter((one) => wordsOf(one).length > 1 && wordsOf(one)[0] === part.name);
    addGroup(part, within, { parent: added, terminal, depth: depth + 1 });
  }
}

function addExamples(group: Commander, commands: readonly Command[]): void {
  const examples = commands.flatMap(({ examples: [first] }) => (first === undefined ? [] : [first]));
  if (examples.length > 0) group.addHelpText('after', printExamples(examples.slice(0, GROUP_EXAMPLES)));
}

function addCommand({ name, summary, argument, flags, examples, run }: Command, group: Commander, terminal: Terminal): void {
  const command = group.command(name.split(' ').at(-1) ?? name).description(summary);
  if (argument) command.addArgument(argumentOf(argument));
  for (const { flags: spelling, summary: meaning, choices } of flags) {
    const option = new Option(spelling, meaning);
    command.addOption(choices ? option.choices(choices) : option);
  }
  command.addHelpText('after', printExamples(examples));
  command.action(() => run({ ...command.opts(), ...(argument && { [argument.name]: command.processedArgs[0] }) }, terminal));
}

function argumentOf({ name, summary, isOptional, isVariadic, choices }: NonNullable<Command['argument']>): Argument {
  const word = isVariadic ? `${name}...` : name;
  const argument = new Argument(isOptional ? `[${word}]` : `<${word}>`, summary);
  return choices ? argument.choices(choices) : argument;
}

const printExamples = (examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((example) => `  $ npm run ${example.replace(' ', ' -- ')}`).join('\n')}`;
