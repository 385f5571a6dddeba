import * as z from 'zod/mini';
import { type RotatedToken, rotatedTokenSchema } from '../../../src/access/admin-answer.ts';
import { SCOPES } from '../../../src/access/principal.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { describeMade, ISSUING_FLAGS, makingOf, makingOptions } from './making.ts';
import { printToken } from './print-token.ts';

export const tokenRotate = defineCommand({
  name: 'token rotate',
  summary: 'Make a token, and let the older ones of the same application and scope run out.',
  flags: [
    ...ADMIN_FLAGS,
    ...ISSUING_FLAGS,
    { flags: '--scope <scope>', summary: 'which are meant (default: full, or that of those there are)', choices: SCOPES },
    { flags: '--overlap-hours <number>', summary: 'hours the older ones are still accepted (default: 72)' },
  ],
  examples: ['scim token rotate --local', 'scim token rotate --tenant example --app hr --overlap-hours 24'],
  options: z.strictObject({
    ...adminOptions,
    ...makingOptions,
    overlapHours: z.optional(z.string().check(z.regex(/^\d{1,6}$/, '--overlap-hours takes a whole number of hours'))),
  }),
  run: async ({ json, by, local, tenant, overlapHours, ...making }, terminal) => {
    const overlap = overlapHours === undefined ? {} : { overlapHours: Number(overlapHours) };
    const request = { act: 'token.rotate', by: by ?? terminal.userName, ...overlap, ...makingOf(making) } as const;
    const { result, tenantUrl } = await askAdmin(
      { target: targetOf({ local, tenant }, terminal), request, expect: rotatedTokenSchema },
      terminal,
    );
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    describeMade('Token', result.credential, terminal);
    describeOlder(result, terminal);
    printToken(result, tenantUrl, terminal);
  },
});

function describeOlder({ older }: RotatedToken, terminal: Terminal): void {
  if (older.length === 0) terminal.say('There was no older one that it replaces.');
  for (const { id, name, expiresAt } of older) {
    terminal.say(`Token ${id} "${name}" is accepted until ${expiresAt ?? 'it is revoked'}: give the client the new one before that.`);
  }
}
