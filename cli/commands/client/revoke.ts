import * as z from 'zod/mini';
import { clientAnswerSchema } from '../../../src/access/oauth/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const clientRevoke = defineCommand({
  name: 'client revoke',
  summary: 'Refuse a client secret or federation from now on, and with it its access tokens, within 60 seconds.',
  argument: { name: 'id', summary: 'the id that "scim client list" shows' },
  flags: ADMIN_FLAGS,
  examples: ['scim client revoke 3f9a1c22de --local', 'scim client revoke 3f9a1c22de --tenant example'],
  options: z.strictObject({ ...adminOptions, id: z.string() }),
  run: async ({ json, by, id, ...target }, terminal) => {
    const request = { act: 'client.revoke', by: by ?? terminal.userName, credential: id } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: clientAnswerSchema }, terminal);
    const { name, application, federation } = result.client;
    if (json) {
      terminal.print(JSON.stringify(result));
      return;
    }
    const what = federation === undefined ? 'client secret' : 'federation';
    terminal.print(
      `Revoked ${what} ${id} "${name}" of application ${application}: it and its access tokens are refused within 60 seconds.`,
    );
  },
});
