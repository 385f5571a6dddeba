import * as z from 'zod/mini';
import { type CreatedToken, createdTokenSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { describeExpiry } from '../../expiry.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';

export const tokenCreate = defineCommand({
  name: 'token create',
  summary: 'Make a token and show it, once.',
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--name <text>', summary: 'what the list of tokens calls it, such as the client it is for' },
    { flags: '--expires-in-days <number>', summary: 'days until it expires (default: 365)' },
    { flags: '--never-expires', summary: 'let it be accepted until it is revoked' },
    { flags: '--scope <scope>', summary: 'what it may do at most (default: full)', choices: ['full', 'read'] },
  ],
  examples: ['scim token create --local', 'scim token create --tenant example --name "Entra ID" --expires-in-days 180'],
  options: z.strictObject({
    ...adminOptions,
    name: z.optional(z.string()),
    expiresInDays: z.optional(z.string().check(z.regex(/^\d{1,6}$/, '--expires-in-days takes a whole number of days'))),
    neverExpires: z.optional(z.literal(true)),
    scope: z.optional(z.enum(['full', 'read'])),
  }),
  run: async ({ json, by, name, expiresInDays, neverExpires, scope, ...target }, terminal) => {
    const expiry = expiryOf(expiresInDays, neverExpires);
    const { result, tenantUrl } = await askAdmin(
      {
        target: targetOf(target, terminal),
        request: { act: 'token.create', by: by ?? terminal.userName, name, scope, ...expiry },
        expect: createdTokenSchema,
      },
      terminal,
    );
    if (json) terminal.print(JSON.stringify({ ...result, tenantUrl }));
    else show(result, tenantUrl, terminal);
  },
});

function expiryOf(days: string | undefined, never: true | undefined): { readonly expiresInDays?: number | 'never' } {
  if (days !== undefined && never) throw new UsageError('--expires-in-days and --never-expires exclude each other.');
  if (never) return { expiresInDays: 'never' };
  return days === undefined ? {} : { expiresInDays: Number(days) };
}

/** Standard output gets the token and nothing else, so that a script can read it; the words go beside it. */
function show({ token, credential }: CreatedToken, tenantUrl: string | undefined, terminal: Terminal): void {
  const { id, name, application, scope, expiresAt } = credential;
  terminal.say(
    `Token ${id} "${name}" of application ${application}, scope ${scope}, expires ${describeExpiry(expiresAt, terminal.now())}.`,
  );
  terminal.say('It is shown this once only. It is accepted within 10 seconds.');
  if (tenantUrl !== undefined) terminal.say(`Tenant URL    ${tenantUrl}`);
  terminal.print(token);
}
