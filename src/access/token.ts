import { type Form, isCheckedText, newCheckedText } from './checked-text.ts';

/** What tokens of ours begin with. */
export const TOKEN_PREFIX = 'scim_';

const FORM: Form = { prefix: TOKEN_PREFIX, bytes: 32, digits: 43 };

/**
 * Makes a token: `scim_`, 256 random bits as 43 base62 digits, and 6 base62 digits that check what precedes them.
 *
 * The prefix lets secret scanners find one that leaked; the checksum lets a truncated or mistyped one be refused
 * without asking the vault.
 */
export const newToken = (randomBytes: (size: number) => Uint8Array): string => newCheckedText(FORM, randomBytes);

/** Base64 of an account's identifier with a password behind it, of either alphabet. */
const ACCOUNT = /YWNjdF[89][\w+/-]{40}/;

/** Says whether a token, mistyped or not, stands anywhere in a text that is meant for people to read. */
export const holdsToken = (text: string): boolean =>
  ACCOUNT.test(text) || new RegExp(`${FORM.prefix}[0-9A-Za-z]{${FORM.digits}}`).test(text);

export const isWellFormedToken = (presented: string): boolean => isCheckedText(FORM, presented);
