import * as z from 'zod/mini';
import type { Flag } from '../../command.ts';

/** Which application is meant, where it is not what the command is about. */
export const APPLICATION_FLAG: Flag = { flags: '--app <key>', summary: 'which application (default: default)' };

export const applicationOption = { app: z.optional(z.string()) };

/** Which application is meant, as the argument of the commands about applications themselves. */
export const APPLICATION_ARGUMENT = { name: 'app', summary: 'key of the application, which "scim app list" shows' };
