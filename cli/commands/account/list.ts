import * as z from 'zod/mini';
import { type CredentialSummary, listedTokensSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { describeExpiry } from '../../expiry.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { lastUse, warnBelow } from '../token/warn-of-expiry.ts';

/** Says that there is one, and not even how long it is. */
const MASKED = '********';

export const accountList = defineCommand({
  name: 'account list',
  summary: 'List the SCIM accounts: identifier, masked password, and when each was made, changed and last used.',
  flags: [...ADMIN_FLAGS, { flags: '--app <key>', summary: 'only those of this application' }],
  examples: ['scim account list --local', 'scim account list --tenant example --json'],
  options: z.strictObject({ ...adminOptions, app: z.optional(z.string()) }),
  run: async ({ json, by, app, ...target }, terminal) => {
    const request = { act: 'account.list', by: by ?? terminal.userName, application: app } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: listedTokensSchema }, terminal);
    if (json) {
      terminal.print(JSON.stringify(result));
      return;
    }
    if (result.credentials.length === 0) terminal.say('There are no SCIM accounts; "scim account create" makes one.');
    else renderTable(result.credentials.map((account) => rowOf(account, terminal.now()))).forEach(terminal.print);
    warnBelow(result, terminal);
  },
});

const rowOf = (account: CredentialSummary, now: Date) => ({
  ID: account.id,
  NAME: account.name,
  APPLICATION: account.application,
  IDENTIFIER: account.identifier ?? '-',
  PASSWORD: MASKED,
  CREATED: account.createdAt.slice(0, 10),
  CHANGED: account.changedAt?.slice(0, 10) ?? '-',
  EXPIRES: describeExpiry(account.expiresAt, now),
  'LAST USED': lastUse(account),
  STATUS: account.status,
});
