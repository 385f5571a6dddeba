import * as z from 'zod/mini';
import { revokedTokenSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const tokenRevoke = defineCommand({
  name: 'token revoke',
  summary: 'Refuse a token from now on; whoever uses it is turned away within 60 seconds.',
  argument: { name: 'id', summary: 'the id that "scim token list" shows' },
  flags: ADMIN_FLAGS,
  examples: ['scim token revoke 3f9a1c22de --local', 'scim token revoke 3f9a1c22de --tenant example'],
  options: z.strictObject({ ...adminOptions, id: z.string() }),
  run: async ({ json, by, id, ...target }, terminal) => {
    const { result } = await askAdmin(
      {
        target: targetOf(target, terminal),
        request: { act: 'token.revoke', by: by ?? terminal.userName, credential: id },
        expect: revokedTokenSchema,
      },
      terminal,
    );
    const { name, application } = result.credential;
    if (json) terminal.print(JSON.stringify(result));
    else terminal.print(`Revoked token ${result.credential.id} "${name}" of application ${application}: it is refused within 60 seconds.`);
  },
});
