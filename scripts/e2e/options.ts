import { parseArgs } from 'node:util';
import { CannotRun } from '../python/cannot-run.ts';

export const HELP = `Deploys the stacks to an emulator of AWS on this machine, uses them, destroys them, and ends with "N passed, N failed".

  npm run e2e [-- OPTIONS]

  --keep   leave the emulator running at the end, with what was not destroyed, until Ctrl-C
  --help   print this

Needs Python 3.10 or later; the emulator is installed into .e2e/. Nothing but this machine is reached, whatever AWS profile
there is. When something failed, what the emulator and the functions logged is kept, and it says where.`;

/** @throws {CannotRun} naming the option that is not known */
export function parseOptions(words: readonly string[]): { readonly help: boolean; readonly keep: boolean } {
  try {
    const { help = false, keep = false } = parseArgs({
      args: [...words],
      options: { help: { type: 'boolean' }, keep: { type: 'boolean' } },
    }).values;
    return { help, keep };
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} Add --help to see what there is.`, { cause: error });
  }
}
