import * as z from 'zod/mini';
import { rotatedClientSchema } from '../../../src/access/oauth/answers.ts';
import { SCOPES } from '../../../src/access/principal.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { APPLICATION_FLAG } from '../app/application-option.ts';
import { asNumber, NAME_FLAG, wholeNumber } from './making.ts';
import { showMade } from './show-client.ts';

export const clientRotate = defineCommand({
  name: 'client rotate',
  summary: 'Make another secret of a client, and let those there are run out.',
  flags: [
    ...ADMIN_FLAGS,
    APPLICATION_FLAG,
    NAME_FLAG,
    { flags: '--expires-in-days <number>', summary: 'days until it expires, 365 to 1096 (default: 731, two years)' },
    { flags: '--scope <scope>', summary: 'which are meant, where there are secrets of several scopes', choices: SCOPES },
    { flags: '--overlap-hours <number>', summary: 'hours the older ones are still accepted (default: 72)' },
  ],
  examples: ['scim client rotate --local', 'scim client rotate --tenant example --app entra-hr --overlap-hours 24'],
  options: z.strictObject({
    ...adminOptions,
    app: z.optional(z.string()),
    name: z.optional(z.string()),
    expiresInDays: z.optional(wholeNumber('--expires-in-days')),
    scope: z.optional(z.enum(SCOPES)),
    overlapHours: z.optional(wholeNumber('--overlap-hours')),
  }),
  run: async ({ json, by, local, tenant, app, name, scope, ...numbers }, terminal) => {
    const request = {
      act: 'client.rotate',
      by: by ?? terminal.userName,
      application: app,
      name,
      scope,
      expiresInDays: asNumber(numbers.expiresInDays),
      overlapHours: asNumber(numbers.overlapHours),
    } as const;
    const asked = { target: targetOf({ local, tenant }, terminal), request, expect: rotatedClientSchema };
    const { result, tenantUrl } = await askAdmin(asked, terminal);
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    showMade('Client secret', result.client, tenantUrl, terminal);
    for (const { id, name: called, expiresAt } of result.older)
      terminal.say(`Client secret ${id} "${called}" is accepted until ${expiresAt}.`);
    terminal.say('The Client Secret is shown this once only. It is accepted within 10 seconds.');
    terminal.print(result.clientSecret);
  },
});
