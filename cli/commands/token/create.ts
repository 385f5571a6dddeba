import * as z from 'zod/mini';
import { createdTokenSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { describeMade, MAKING_FLAGS, makingOf, makingOptions } from './making.ts';
import { printToken } from './print-token.ts';

export const tokenCreate = defineCommand({
  name: 'token create',
  summary: 'Make a token and show it.',
  flags: [
    ...ADMIN_FLAGS,
    ...MAKING_FLAGS,
    { flags: '--kind <kind>', summary: 'make a token although the application takes another kind of credential', choices: ['token'] },
  ],
  examples: ['scim token create --local', 'scim token create --tenant example --app hr --name "Entra ID" --expires-in-days 180'],
  options: z.strictObject({ ...adminOptions, ...makingOptions, kind: z.optional(z.literal('token')) }),
  run: async ({ json, by, local, tenant, kind, ...making }, terminal) => {
    const request = { act: 'token.create', by: by ?? terminal.userName, kind, ...makingOf(making) } as const;
    const { result, tenantUrl } = await askAdmin(
      { target: targetOf({ local, tenant }, terminal), request, expect: createdTokenSchema },
      terminal,
    );
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    describeMade('Token', result.credential, terminal);
    printToken(result, tenantUrl, terminal);
  },
});
