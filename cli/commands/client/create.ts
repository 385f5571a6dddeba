import * as z from 'zod/mini';
import { createdClientSchema } from '../../../src/access/oauth/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { asNumber, MAKING_FLAGS, makingOptions, wholeNumber } from './making.ts';
import { showMade } from './show-client.ts';

export const clientCreate = defineCommand({
  name: 'client create',
  summary: 'Make a client secret and show it, once, with the token endpoint and the client id.',
  flags: [
    ...ADMIN_FLAGS,
    ...MAKING_FLAGS,
    { flags: '--expires-in-days <number>', summary: 'days until it expires, 365 to 1096 (default: 731, two years)' },
  ],
  examples: ['scim client create --local', 'scim client create --tenant example --app entra-hr --expires-in-days 365'],
  options: z.strictObject({ ...adminOptions, ...makingOptions, expiresInDays: z.optional(wholeNumber('--expires-in-days')) }),
  run: async ({ json, by, local, tenant, app, name, scope, ...numbers }, terminal) => {
    const request = {
      act: 'client.create',
      by: by ?? terminal.userName,
      application: app,
      name,
      scope,
      expiresInDays: asNumber(numbers.expiresInDays),
      accessTokenMinutes: asNumber(numbers.accessTokenMinutes),
    } as const;
    const asked = { target: targetOf({ local, tenant }, terminal), request, expect: createdClientSchema };
    const { result, tenantUrl } = await askAdmin(asked, terminal);
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    showMade('Client secret', result.client, tenantUrl, terminal);
    terminal.say('The Client Secret is shown this once only. It is accepted within 10 seconds.');
    terminal.print(result.clientSecret);
  },
});
