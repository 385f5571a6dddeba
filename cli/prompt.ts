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
  if (!isInteractive) throw nobodyToAsk(what, flag);
  const first = present(await askHidden(`${what}: `), what);
  const second = await askHidden(`${what}, again: `);
  if (first !== second) throw new AdminRefusal(`The second ${what} differs from the first: nothing has been changed.`);
  return first;
}

/**
 * The same of a secret that there is already: once, and without the blanks that come along when it is copied.
 *
 * @throws {UsageError} when nobody can be asked; {AdminRefusal} when there is none
 */
export async function promptSecret(
  { isInteractive, askHidden, readInput }: Pick<Terminal, 'isInteractive' | 'askHidden' | 'readInput'>,
  { what, flag, fromInput }: Wanted,
): Promise<string> {
  if (!fromInput && !isInteractive) throw nobodyToAsk(what, flag);
  return present((await (fromInput ? readInput() : askHidden(`${what}: `))).trim(), what);
}

const nobodyToAsk = (what: string, flag: string): UsageError =>
  new UsageError(`Nobody can be asked for the ${what} here: send it to standard input, with ${flag}.`);

function present(secret: string, what: string): string {
  if (secret === '') throw new AdminRefusal(`The ${what} is empty: nothing has been changed.`);
  return secret;
}
