import * as z from 'zod/mini';
import { lazily } from '../../scim/lazily.ts';
import { isWellFormedIdentifier } from '../identifier.ts';
import { common } from './common.ts';
import { digest, hashOf, isDigest } from './digest.ts';
import { passwordHashSchema } from './password-hash.ts';
import { type JudgePassword, passwordJudge } from './password-verdicts.ts';
import type { Recognise } from './recognise.ts';

/** An account at rest: an identifier that is generated, and a password that somebody chose, hence the slow, salted hash. */
export const identifierPasswordSchema = lazily(() =>
  z.object({
    ...common(),
    kind: z.literal('identifier-password'),
    identifier: z.string().check(z.minLength(1)),
    hash: passwordHashSchema(),
  }),
);

const MAX_PRESENTED_CHARACTERS = 4_096;
const BASE64 = /^[\w+/-]+={0,2}$/;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** What is pasted for an account: base64 of `identifier:password`. */
export const bearerTokenOf = (identifier: string, password: string): string =>
  Buffer.from(`${identifier}:${password}`, 'utf8').toString('base64');

/**
 * Recognises `identifier:password` in base64, of either alphabet, padded or not, with the line breaks a tool puts into
 * it or before its end.
 *
 * An identifier that no account has costs no slow hash, and that this can be timed tells nobody anything: an identifier
 * is 128 random bits, so whoever presents one that exists was given it. A slow hash for the others would only let a
 * stranger keep the processor busy.
 */
export function identifierPasswordRecogniser(
  judge: JudgePassword = passwordJudge(),
): Recognise<z.output<ReturnType<typeof identifierPasswordSchema>>> {
  return (presented) => {
    const { identifier, password } = decode(presented) ?? {};
    if (identifier === undefined || password === undefined || !isWellFormedIdentifier(identifier)) return undefined;
    const candidate = digest(identifier);
    return async (accounts) => {
      const named = accounts.filter((account) => isDigest(candidate, hashOf(account.identifier)));
      const verdicts = await Promise.all(named.map(({ hash }) => judge(password, hash)));
      return named.filter((_, index) => verdicts[index]);
    };
  };
}

/** The first colon ends the identifier; a password may hold more of them. */
function decode(presented: string): { readonly identifier: string; readonly password: string } | undefined {
  if (presented.length > MAX_PRESENTED_CHARACTERS) return undefined;
  const encoded = presented.replace(/\s+/g, '');
  if (!BASE64.test(encoded)) return undefined;
  const text = decodeUtf8(Buffer.from(encoded, 'base64'))?.replace(/\r?\n$/, '') ?? '';
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { identifier: text.slice(0, colon), password: text.slice(colon + 1) };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
