import { AdminRefusal } from '../src/access/admin-refusal.ts';
import { UsageError } from './command.ts';
import type { Terminal } from './terminal.ts';

type Wanted = {
  /** What is asked for: `SCIM password`. */
  readonly what: string;
  /** The flag that takes it from standard input, for where nobody can be asked: `--password-stdin`. */
  readonly flag: string;
  /** That flag was given. */
  readonly fromInput: boolean | undefined;
};

/**
 * Reads a secret that a person has chosen: typed twice at a prompt that shows nothing, or from standard input, of which
 * one line end is left out. Neither flag nor environment carries it: other users of the machine can read those.
 *
 * @throws {UsageError} when nobody can be asked; {AdminRefusal} when the two differ or there is none
 */
export async function promptNewSecret(
  { isInteractive, askHidden, readInput }: Pick<Terminal, 'isInteractive' | 'askHidden' | 'readInput'>,
  { what, flag, fromInput }: Wanted,
): Promise<string> {
  if (fromInput) return present((await readInput()).replace(/\r?\n$/, ''), what);
  if (!isInteractive) throw new UsageError(`Nobody can be asked for the ${what} here: send it to standard input, with ${flag}.`);
  const first = present(await askHidden(`${what}: `), what);
  const second = await askHidden(`${what}, again: `);
  if (first !== second) throw new AdminRefusal(`The second ${what} differs from the first: nothing has been changed.`);
  return first;
}

function present(secret: string, what: string): string {
  if (secret === '') throw new AdminRefusal(`The ${what} is empty: nothing has been changed.`);
  return secret;
}
