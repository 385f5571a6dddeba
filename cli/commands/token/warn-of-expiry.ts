import type { CredentialSummary, ListedTokens } from '../../../src/access/admin-answer.ts';
import { describeExpiry, expiresWithin } from '../../expiry.ts';
import type { Terminal } from '../../terminal.ts';

const WARNED_DAYS = 30;

type Expiring = Pick<CredentialSummary, 'id' | 'name' | 'kind' | 'application' | 'scope' | 'expiresAt'>;
type Remedy = { readonly noun: string; readonly remedy: (credential: Expiring) => string };

/** One of another scope does not take its place. */
const likeThis = ({ application, scope }: Expiring): string => `--app ${application}${scope === 'full' ? '' : ` --scope ${scope}`}`;

const REMEDIES: Readonly<Record<string, Remedy>> = {
  token: {
    noun: 'Token',
    remedy: (credential) => `"scim token rotate ${likeThis(credential)}" makes another and lets this one run out`,
  },
  'identifier-password': {
    noun: 'Account',
    remedy: (credential) => `make another with "scim account create ${likeThis(credential)}", give it to the client, then revoke this one`,
  },
  'oauth-client': {
    noun: 'Client secret',
    remedy: (credential) => `"scim client rotate ${likeThis(credential)}" makes another and lets this one run out`,
  },
  'oauth-federation': {
    noun: 'Federation',
    remedy: (credential) => `make the same again with "scim client federate ${likeThis(credential)}", then revoke this one`,
  },
};
const OTHER: Remedy = { noun: 'Credential', remedy: () => 'make another, give it to the client, then revoke this one' };

/** Points out, below a list, what will soon be refused, and what cannot be read. */
export function warnBelow({ credentials, unreadable }: ListedTokens, terminal: Terminal): void {
  warnOfExpiry(credentials, terminal);
  for (const { id, kind } of unreadable) {
    terminal.say(`Credential ${id}, of kind ${kind}, cannot be read by the deployed version: deploy the one that made it.`);
  }
}

export function warnOfExpiry(credentials: readonly Expiring[], terminal: Terminal): void {
  const now = terminal.now();
  for (const credential of credentials.filter(({ expiresAt }) => expiresWithin(expiresAt, WARNED_DAYS, now))) {
    const { id, name, kind, expiresAt } = credential;
    const { noun, remedy } = REMEDIES[kind] ?? OTHER;
    terminal.say(`${noun} ${id} "${name}" expires ${describeExpiry(expiresAt, now)}: ${remedy(credential)}.`);
  }
}

/** When it was last used; nobody looks closer than an hour. */
export const lastUse = ({ lastUsedAt }: CredentialSummary): string => (lastUsedAt === undefined ? 'never' : `${lastUsedAt.slice(0, 16)}Z`);
