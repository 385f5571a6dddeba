import * as z from 'zod/mini';
import { revokedTokenSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const tokenRevoke = defineCommand({
  name: 'token revoke',
  summary: 'Refuse a credential of any kind from now on; whoever uses it is turned away within 60 seconds.',
  argument: { name: 'id', summary: 'the id that "scim token list" shows' },
  flags: ADMIN_FLAGS,
  examples: ['scim token revoke 3f9a1c22de --local', 'scim token revoke 3f9a1c22de --tenant example'],
  options: z.strictObject({ ...adminOptions, id: z.string() }),
  run: async ({ json, by, id, ...target }, terminal) => {
    const request = { act: 'token.revoke', by: by ?? terminal.userName, credential: id } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: revokedTokenSchema }, terminal);
    const { name, application, kind } = result.credential;
    if (json) terminal.print(JSON.stringify(result));
    else terminal.print(`Revoked ${kind} ${id} "${name}" of application ${application}: it is refused within 60 seconds.`);
  },
});
