import { runCommandLine } from '../../cli/program.ts';
import { processTerminal } from '../../cli/terminal.ts';

export type CommandOutcome = { readonly status: number; readonly out: readonly string[]; readonly err: readonly string[] };

/** Runs `scim …` against the local server that keeps its data here; words are parted by blanks. */
export async function runLocalCommand(dataFolder: string, line: string): Promise<CommandOutcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    ...processTerminal(),
    dataFolder,
    print: (text: string) => out.push(text),
    say: (text: string) => err.push(text),
  };
  const status = await runCommandLine([...line.split(' '), '--local'], terminal);
  return { status, out, err };
}
