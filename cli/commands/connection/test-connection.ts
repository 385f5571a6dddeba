import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { listedApplicationsSchema } from '../../../src/access/applications/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { promptSecret } from '../../prompt.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';
import { describeFindings } from '../doctor/finding.ts';
import { tryConnection } from './try-connection.ts';

const URL_FLAG = { flags: '--url <url>', summary: 'the Tenant URL, in place of --local or --tenant; no AWS credentials are needed' };
const TOKEN_FLAG = { flags: '--token-stdin', summary: 'read the token, or the client secret, from standard input, in place of a prompt' };
const MATCHING_FLAG = {
  flags: '--matching <attribute>',
  summary: 'what the client matches users by, as its mapping names it (default: userName)',
};
const CLIENT_FLAGS = [
  { flags: '--client-id <id>', summary: 'the Client Identifier of OAuth 2.0: its secret is asked for in place of a token' },
  { flags: '--token-endpoint <url>', summary: 'where it is exchanged (default: /oauth2/token below the Tenant URL)' },
];

export const testConnection = defineCommand({
  name: 'test-connection',
  summary: 'Ask what the button Test Connection of Microsoft Entra ID asks, and say what keeps it from being green.',
  flags: [...ADMIN_FLAGS, URL_FLAG, TOKEN_FLAG, ...CLIENT_FLAGS, MATCHING_FLAG],
  examples: [
    'scim test-connection --local',
    'scim test-connection --tenant example --token-stdin < token.txt',
    'scim test-connection --url https://scim.example.com/acme/scim/v2',
  ],
  options: z.strictObject({
    ...adminOptions,
    url: z.optional(z.string()),
    tokenStdin: z.optional(z.literal(true)),
    clientId: z.optional(z.string()),
    tokenEndpoint: z.optional(z.string()),
    matching: z._default(z.string().check(z.minLength(1, '--matching takes the path of an attribute, such as externalId')), 'userName'),
  }),
  run: async ({ json, tokenStdin, matching, clientId, tokenEndpoint, ...options }, terminal) => {
    if (tokenEndpoint !== undefined && clientId === undefined)
      throw new UsageError('--token-endpoint goes with --client-id: a token is not exchanged.');
    const tenantUrl = await urlOf(options, terminal);
    const what = clientId === undefined ? 'Secret Token' : 'Client Secret';
    const secret = await promptSecret(terminal, { what, flag: '--token-stdin', fromInput: tokenStdin });
    const findings = await tryConnection({ tenantUrl, secret, matching, clientId, tokenEndpoint });
    const isGreen = findings.every(({ verdict }) => verdict !== 'wrong');
    (json ? [JSON.stringify({ tenantUrl, isGreen, findings })] : describeFindings(findings)).forEach(terminal.print);
    if (!isGreen) throw new AdminRefusal('Test Connection would be red.');
    if (!json) terminal.say('Test Connection would be green.');
  },
});

type Options = {
  readonly url?: string | undefined;
  readonly local?: true | undefined;
  readonly tenant?: string | undefined;
  readonly by?: string | undefined;
};

/** @throws {UsageError} unless exactly one endpoint is named */
async function urlOf({ url, by, ...options }: Options, terminal: Terminal): Promise<string> {
  if (url !== undefined && (options.local || options.tenant !== undefined))
    throw new UsageError('--url says all there is to know: leave out --local and --tenant.');
  if (url !== undefined) return url.trim();
  const request = { act: 'app.list', by: by ?? terminal.userName } as const;
  const { tenantUrl } = await askAdmin({ target: targetOf(options, terminal), request, expect: listedApplicationsSchema }, terminal);
  if (tenantUrl === undefined) throw new AdminRefusal('The Tenant URL is not known here: give it, as the stack put it out, with --url.');
  return tenantUrl;
}
