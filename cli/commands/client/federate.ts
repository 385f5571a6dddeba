import * as z from 'zod/mini';
import { clientAnswerSchema } from '../../../src/access/oauth/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { asNumber, MAKING_FLAGS, makingOptions, wholeNumber } from './making.ts';
import { showMade } from './show-client.ts';

const ISSUER = 'https://login.microsoftonline.com/<tenant id>/v2.0';

export const clientFederate = defineCommand({
  name: 'client federate',
  summary: 'Trust what an issuer says of a workload, in place of a client secret (workload identity federation).',
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--issuer <url>', summary: `who signs, as Entra ID shows it: ${ISSUER}` },
    { flags: '--subject <text>', summary: 'the workload: the object id that Entra ID shows as Subject' },
    { flags: '--audience <text...>', summary: 'for whom it signs, one or several: api://<application id>' },
    { flags: '--jwks-uri <url>', summary: "where the issuer's keys are (default: as its discovery document says)" },
    { flags: '--allow-reuse', summary: 'take an assertion more than once until it expires' },
    { flags: '--expires-in-days <number>', summary: 'days until it is trusted no more (default: never)' },
    ...MAKING_FLAGS,
  ],
  examples: [
    'scim client federate --local --issuer https://issuer.example.com --subject scim-job --audience api://example',
    'scim client federate --tenant example --app entra-hr --issuer https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0 --subject 66666666-7777-4888-9999-000000000000 --audience api://example api://example/.default',
  ],
  options: z.strictObject({
    ...adminOptions,
    ...makingOptions,
    issuer: z.string('--issuer is missing: the URL of who signs the assertions'),
    subject: z.string('--subject is missing: the workload that the assertions are about'),
    audience: z.array(z.string(), '--audience is missing: for whom the assertions are signed'),
    jwksUri: z.optional(z.string()),
    allowReuse: z.optional(z.literal(true)),
    expiresInDays: z.optional(wholeNumber('--expires-in-days')),
  }),
  run: async ({ json, by, local, tenant, app, audience, allowReuse, expiresInDays, accessTokenMinutes, ...stated }, terminal) => {
    const request = {
      act: 'client.federate',
      by: by ?? terminal.userName,
      application: app,
      audiences: audience,
      ...(allowReuse && { reuse: 'allow' as const }),
      expiresInDays: asNumber(expiresInDays),
      accessTokenMinutes: asNumber(accessTokenMinutes),
      ...stated,
    } as const;
    const asked = { target: targetOf({ local, tenant }, terminal), request, expect: clientAnswerSchema };
    const { result, tenantUrl } = await askAdmin(asked, terminal);
    if (json) {
      terminal.print(JSON.stringify({ ...result, tenantUrl }));
      return;
    }
    showMade('Federation', result.client, tenantUrl, terminal);
    terminal.say('It is trusted within 10 seconds. There is no secret; the client id is');
    terminal.print(result.client.clientId);
  },
});
