import * as z from 'zod/mini';
import { revokedTokenSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const accountRevoke = defineCommand({
  name: 'account revoke',
  summary: 'Refuse a SCIM account from now on; whoever uses it is turned away within 60 seconds.',
  argument: { name: 'account', summary: 'its id or its identifier, as "scim account list" shows them' },
  flags: ADMIN_FLAGS,
  examples: ['scim account revoke 3f9a1c22de --local', 'scim account revoke 3f9a1c22de --tenant example'],
  options: z.strictObject({ ...adminOptions, account: z.string() }),
  run: async ({ json, by, account, ...target }, terminal) => {
    const request = { act: 'account.revoke', by: by ?? terminal.userName, credential: account } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: revokedTokenSchema }, terminal);
    const { id, name, application } = result.credential;
    if (json) terminal.print(JSON.stringify(result));
    else terminal.print(`Revoked account ${id} "${name}" of application ${application}: it is refused within 60 seconds.`);
  },
});
