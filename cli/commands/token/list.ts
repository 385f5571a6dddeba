import * as z from 'zod/mini';
import { type CredentialSummary, type ListedTokens, listedTokensSchema } from '../../../src/access/admin-answer.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { describeExpiry, expiresWithin } from '../../expiry.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import type { Terminal } from '../../terminal.ts';

const WARNED_DAYS = 30;

export const tokenList = defineCommand({
  name: 'token list',
  summary: 'List the tokens: who may call, what they may do, when they expire.',
  flags: ADMIN_FLAGS,
  examples: ['scim token list --local', 'scim token list --tenant example --json'],
  options: z.strictObject(adminOptions),
  run: async ({ json, by, ...target }, terminal) => {
    const { result } = await askAdmin(
      { target: targetOf(target, terminal), request: { act: 'token.list', by: by ?? terminal.userName }, expect: listedTokensSchema },
      terminal,
    );
    if (json) terminal.print(JSON.stringify(result));
    else show(result, terminal);
  },
});

function show({ credentials, unreadable }: ListedTokens, terminal: Terminal): void {
  const now = terminal.now();
  if (credentials.length === 0) terminal.say('There are no tokens; "scim token create" makes one.');
  else renderTable(credentials.map((credential) => rowOf(credential, now))).forEach(terminal.print);
  for (const { id, name, expiresAt } of credentials.filter((credential) => expiresWithin(credential.expiresAt, WARNED_DAYS, now))) {
    terminal.say(
      `Token ${id} "${name}" expires ${describeExpiry(expiresAt, now)}: make another, give it to the client, then revoke this one.`,
    );
  }
  for (const { id, kind } of unreadable) {
    terminal.say(`Credential ${id}, of kind ${kind}, cannot be read by the deployed version: deploy the one that made it.`);
  }
}

const rowOf = ({ id, name, application, scope, createdAt, expiresAt, status }: CredentialSummary, now: Date) => ({
  ID: id,
  NAME: name,
  APPLICATION: application,
  SCOPE: scope,
  CREATED: createdAt.slice(0, 10),
  EXPIRES: describeExpiry(expiresAt, now),
  STATUS: status,
});
