import type * as z from 'zod/mini';
import type { Terminal } from './terminal.ts';

/** The command line cannot be understood; nothing was asked of anyone. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Flag = {
  /** As commander writes them: `--name <text>`. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[];
};

type Appearance = {
  /** Its words, group first: `token create`. */
  readonly name: string;
  readonly summary: string;
  readonly argument?: {
    readonly name: string;
    readonly summary: string;
    readonly isOptional?: true;
    /** Takes any number of words, as a list. */
    readonly isVariadic?: true;
    readonly choices?: readonly string[];
  };
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
};

export type Command = Appearance & { readonly run: (options: unknown, terminal: Terminal) => Promise<void> };

type Definition<Options> = Appearance & {
  /** What the flags and the argument mean, by their names in camel case. */
  readonly options: z.ZodMiniType<Options>;
  readonly run: (options: Options, terminal: Terminal) => Promise<void>;
};

/** Declares a command: data that `--help` is rendered from, and one function. */
export const defineCommand = <Options>({ options: schema, run, ...appearance }: Definition<Options>): Command => ({
  ...appearance,
  run: (options, terminal) => {
    const parsed = schema.safeParse(options);
    if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ message }) => message).join('\n'));
    return run(parsed.data, terminal);
  },
});
