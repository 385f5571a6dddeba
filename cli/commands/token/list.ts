import * as z from 'zod/mini';
import { type CredentialSummary, listedTokensSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { describeExpiry } from '../../expiry.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { lastUse, warnBelow } from './warn-of-expiry.ts';

export const tokenList = defineCommand({
  name: 'token list',
  summary: 'List all credentials: who may call, what they may do, when they expire and were last used.',
  flags: [...ADMIN_FLAGS, { flags: '--app <key>', summary: 'only those of this application' }],
  examples: ['scim token list --local', 'scim token list --tenant example --app hr --json'],
  options: z.strictObject({ ...adminOptions, app: z.optional(z.string()) }),
  run: async ({ json, by, app, ...target }, terminal) => {
    const request = { act: 'token.list', by: by ?? terminal.userName, application: app } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: listedTokensSchema }, terminal);
    if (json) {
      terminal.print(JSON.stringify(result));
      return;
    }
    if (result.credentials.length === 0) terminal.say('There are no tokens; "scim token create" makes one.');
    else renderTable(result.credentials.map((credential) => rowOf(credential, terminal.now()))).forEach(terminal.print);
    warnBelow(result, terminal);
  },
});

const rowOf = (credential: CredentialSummary, now: Date) => ({
  ID: credential.id,
  NAME: credential.name,
  APPLICATION: credential.application,
  KIND: credential.kind,
  SCOPE: credential.scope,
  CREATED: credential.createdAt.slice(0, 10),
  EXPIRES: describeExpiry(credential.expiresAt, now),
  'LAST USED': lastUse(credential),
  STATUS: credential.status,
});
