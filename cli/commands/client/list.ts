import * as z from 'zod/mini';
import { type Client, listedClientsSchema } from '../../../src/access/oauth/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { describeExpiry } from '../../expiry.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { lastUse, warnOfExpiry } from '../token/warn-of-expiry.ts';

export const clientList = defineCommand({
  name: 'client list',
  summary: 'List the client secrets and federations: of which client, trusting whom, and when they expire.',
  flags: [...ADMIN_FLAGS, { flags: '--app <key>', summary: 'only those of this application' }],
  examples: ['scim client list --local', 'scim client list --tenant example --json'],
  options: z.strictObject({ ...adminOptions, app: z.optional(z.string()) }),
  run: async ({ json, by, app, ...target }, terminal) => {
    const request = { act: 'client.list', by: by ?? terminal.userName, application: app } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: listedClientsSchema }, terminal);
    if (json) {
      terminal.print(JSON.stringify(result));
      return;
    }
    const now = terminal.now();
    if (result.clients.length === 0) terminal.say('There are no clients of the token endpoint; "scim client create" makes one.');
    else renderTable(result.clients.map((client) => rowOf(client, now))).forEach(terminal.print);
    warnOfExpiry(result.clients, terminal);
  },
});

const rowOf = (client: Client, now: Date) => ({
  ID: client.id,
  NAME: client.name,
  APPLICATION: client.application,
  'CLIENT ID': client.clientId,
  TRUSTS: trusted(client),
  SCOPE: client.scope,
  CREATED: client.createdAt.slice(0, 10),
  EXPIRES: describeExpiry(client.expiresAt, now),
  'LAST USED': lastUse(client),
  STATUS: client.status,
});

const trusted = ({ federation }: Client): string =>
  federation === undefined ? 'a secret' : `${federation.issuer} about ${federation.subject}`;
