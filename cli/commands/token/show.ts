import * as z from 'zod/mini';
import { createdTokenSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { describeExpiry } from '../../expiry.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const tokenShow = defineCommand({
  name: 'token show',
  summary: 'Show a token again, where its application has tokens kept.',
  argument: { name: 'id', summary: 'the id that "scim token list" shows' },
  flags: ADMIN_FLAGS,
  examples: ['scim token show 3f9a1c22de --local', 'scim token show 3f9a1c22de --tenant example --json'],
  options: z.strictObject({ ...adminOptions, id: z.string() }),
  run: async ({ json, by, id, ...target }, terminal) => {
    const request = { act: 'token.show', by: by ?? terminal.userName, credential: id } as const;
    const { result, tenantUrl } = await askAdmin({ target: targetOf(target, terminal), request, expect: createdTokenSchema }, terminal);
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    const { name, application, status, expiresAt } = result.credential;
    const expiry = status === 'live' ? 'expires' : 'expired, and is refused:';
    terminal.say(`Token ${id} "${name}" of application ${application}, ${expiry} ${describeExpiry(expiresAt, terminal.now())}.`);
    if (tenantUrl !== undefined) terminal.say(`Tenant URL    ${tenantUrl}`);
    terminal.print(result.token);
  },
});
