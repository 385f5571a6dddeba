import { isWellFormedToken, TOKEN_PREFIX } from '../../../src/access/token.ts';
import { type Finding, good, note, wrong } from '../doctor/finding.ts';

const TAKE_IT = 'Take it from the output TenantUrl of the stack, or from "scim app show".';
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Judges what stands in the field Tenant URL, or Token Endpoint. */
export function judgeUrl(text: string, check: 'url' | 'token endpoint' = 'url'): Finding {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return wrong(check, 'what was given is no URL: it begins with https:// and has a path', TAKE_IT);
  if (url.username !== '' || url.password !== '')
    return wrong(check, 'a name or a password stands in the URL', 'Leave it out: what a client presents is its token.');
  const collection = /\/(Users|Groups)\/*$/i.exec(url.pathname)?.[1];
  if (collection !== undefined)
    return wrong(check, `the URL ends in /${collection}, which clients put behind it themselves`, 'Leave the last part out.');
  if (url.protocol === 'https:') return good(check, text);
  return LOOPBACK.includes(url.hostname)
    ? note(check, `${text} can be reached from this machine only`)
    : wrong(check, 'the URL begins with http://, so that whoever is on the way can read the token', 'Write https:// in its place.');
}

/** Judges what stands in the field Secret Token, or Client Secret, of which nothing is shown. */
export function judgeSecret(token: string, check: 'token' | 'secret'): Finding {
  if (/^bearer\s/i.test(token)) return wrong(check, '"Bearer" stands before it', 'Leave the word out: clients write it themselves.');
  if (!/^[\x21-\x7e]+$/.test(token))
    return wrong(check, 'it holds blanks, line breaks or letters that none has', 'Copy it alone, in one line.');
  if (token.startsWith(TOKEN_PREFIX) && !isWellFormedToken(token))
    return wrong(
      check,
      `it is cut off or mistyped: it has ${token.length} characters, and the last six do not check the others`,
      `Copy it again, or make another with "scim ${check === 'token' ? 'token' : 'client'} create".`,
    );
  return good(check, `${token.length} characters, in one line`);
}
