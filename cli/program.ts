import { CommanderError } from 'commander';
import { AdminRefusal } from '../src/access/admin-refusal.ts';
import { programOf } from './build-program.ts';
import { UsageError } from './command.ts';
import type { Terminal } from './terminal.ts';

const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Runs one command line and says how it went: 0 done, 1 refused, 2 not understood. */
export async function runCommandLine(line: readonly string[], terminal: Terminal): Promise<number> {
  const words = asksForHelp(line) ? helpLine(line) : line;
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

const HELP_FLAGS = ['--help', '-h'];

const asksForHelp = (line: readonly string[]): boolean => line[0] === 'help' || line.some((word) => HELP_FLAGS.includes(word));

/** Help is given wherever it is asked for, and however wrong the rest of the line is. */
const helpLine = (line: readonly string[]): readonly string[] => [
  ...line.filter((word, index) => !word.startsWith('-') && !(index === 0 && word === 'help')),
  '--help',
];

function tell(error: Error, exitCode: number, terminal: Terminal): number {
  terminal.say(error.message);
  return exitCode;
}
