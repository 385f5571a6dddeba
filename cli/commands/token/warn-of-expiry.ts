import type { CredentialSummary, ListedTokens } from '../../../src/access/admin-answer.ts';
import { describeExpiry, expiresWithin } from '../../expiry.ts';
import type { Terminal } from '../../terminal.ts';

const WARNED_DAYS = 30;

const NOUNS: Readonly<Record<string, string>> = { token: 'Token', 'identifier-password': 'Account' };

const REMEDIES: Readonly<Record<string, (credential: CredentialSummary) => string>> = {
  token: ({ application }) => `"scim token rotate --app ${application}" makes another and lets this one run out`,
  'identifier-password': ({ application }) =>
    `make another with "scim account create --app ${application}", give it to the client, then revoke this one`,
};

/** Points out, below a list, what will soon be refused, and what cannot be read. */
export function warnBelow({ credentials, unreadable }: ListedTokens, terminal: Terminal): void {
  const now = terminal.now();
  for (const credential of credentials.filter(({ expiresAt }) => expiresWithin(expiresAt, WARNED_DAYS, now))) {
    const { id, name, kind, expiresAt } = credential;
    const remedy = REMEDIES[kind]?.(credential) ?? 'make another, give it to the client, then revoke this one';
    terminal.say(`${NOUNS[kind] ?? 'Credential'} ${id} "${name}" expires ${describeExpiry(expiresAt, now)}: ${remedy}.`);
  }
  for (const { id, kind } of unreadable) {
    terminal.say(`Credential ${id}, of kind ${kind}, cannot be read by the deployed version: deploy the one that made it.`);
  }
}

/** When it was last used; nobody looks closer than an hour. */
export const lastUse = ({ lastUsedAt }: CredentialSummary): string => (lastUsedAt === undefined ? 'never' : `${lastUsedAt.slice(0, 16)}Z`);
