import * as z from 'zod/mini';
import { type Command, defineCommand } from '../../command.ts';
import { bashCompletion } from '../../completion/bash.ts';
import { fishCompletion } from '../../completion/fish.ts';
import { ownLauncher } from '../../completion/launcher.ts';
import { nodesOf } from '../../completion/nodes.ts';
import { zshCompletion } from '../../completion/zsh.ts';
import type { Catalogue } from '../../groups.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
const SHELL_NAMES = ['bash', 'zsh', 'fish'] as const;

/** The command that completes all others, and itself: it is told of them, for it is one of them. */
export const completionOf = (loadCatalogue: () => Promise<Catalogue>): Command =>
  defineCommand({
    name: 'completion',
    summary: 'Print what makes scim a command of your shell whose words Tab completes.',
    argument: { name: 'shell', summary: 'the shell that reads it', choices: SHELL_NAMES },
    flags: [],
    examples: ['scim completion bash', 'scim completion fish'],
    options: z.strictObject({ shell: z.enum(SHELL_NAMES) }),
    run: async ({ shell }, { print }) => print(SHELLS[shell](nodesOf(await loadCatalogue()), ownLauncher()).trimEnd()),
  });
