import * as z from 'zod/mini';
import { AdminRefusal } from '../src/access/admin-refusal.ts';
import { type Flag, UsageError } from './command.ts';
import type { Terminal } from './terminal.ts';

/** What every command takes that destroys something. */
export const CONFIRM_FLAG: Flag = { flags: '--confirm <name>', summary: 'the name of what is meant, in place of typing it when asked' };

export const confirmOptions = { confirm: z.optional(z.string()) };

type Destruction = {
  /** What will happen, as it goes on after "This will": `delete the application hr and its 2 tokens`. */
  readonly what: string;
  readonly name: string;
  /** What `--confirm` says. */
  readonly confirm?: string | undefined;
};

/**
 * Goes on only if the name of what is destroyed has been typed: at the prompt, or with `--confirm` where nobody can be asked.
 *
 * @throws {UsageError} when it is not there or another; {AdminRefusal} when something else is typed
 */
export async function confirmByTyping(
  { say, ask, isInteractive }: Pick<Terminal, 'say' | 'ask' | 'isInteractive'>,
  { what, name, confirm }: Destruction,
): Promise<void> {
  if (confirm === name) return;
  if (confirm !== undefined) throw new UsageError(`This would ${what}: --confirm takes exactly "${name}", not "${confirm}".`);
  if (!isInteractive) throw new UsageError(`This would ${what}, and nobody can be asked here: repeat it with --confirm ${quoted(name)}.`);
  say(`This will ${what}.`);
  const typed = await ask(`Type ${name} to go on: `);
  if (typed.trim() !== name) throw new AdminRefusal(`"${name}" is not what was typed: nothing has been changed.`);
}

/** As a shell takes it for one word. */
const quoted = (name: string): string => (/^[\w.@:-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
