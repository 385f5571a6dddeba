import * as z from 'zod/mini';
import type { Flag } from '../../../command.ts';
import { ADMIN_FLAGS, adminOptions } from '../../../target.ts';
import { APPLICATION_FLAG, applicationOption } from '../application-option.ts';

const DRY_RUN: Flag = { flags: '--dry-run', summary: 'show what would change, and change nothing' };

/** Whose ranges are meant. */
export const IP_FLAGS: readonly Flag[] = [...ADMIN_FLAGS, APPLICATION_FLAG];

export const ipOptions = { ...adminOptions, ...applicationOption };

export const IP_CHANGE_FLAGS: readonly Flag[] = [...IP_FLAGS, DRY_RUN];

export const ipChangeOptions = { ...ipOptions, dryRun: z.optional(z.literal(true)) };
