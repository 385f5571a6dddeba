import { isWellFormedToken, TOKEN_PREFIX } from '../../../src/access/token.ts';
import { type Finding, good, note, wrong } from '../doctor/finding.ts';

const URL_CHECK = 'url';
const TOKEN_CHECK = 'token';
const TAKE_IT = 'Take it from the output TenantUrl of the stack, or from "scim app show".';
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Judges what stands in the field Tenant URL. */
export function judgeUrl(text: string): Finding {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return wrong(URL_CHECK, 'what was given is no URL: it begins with https:// and has a path', TAKE_IT);
  if (url.username !== '' || url.password !== '')
    return wrong(URL_CHECK, 'a name or a password stands in the URL', 'Leave it out: what a client presents is its token.');
  const collection = /\/(Users|Groups)\/*$/i.exec(url.pathname)?.[1];
  if (collection !== undefined)
    return wrong(URL_CHECK, `the URL ends in /${collection}, which clients put behind it themselves`, 'Leave the last part out.');
  if (url.protocol === 'https:') return good(URL_CHECK, text);
  return LOOPBACK.includes(url.hostname)
    ? note(URL_CHECK, `${text} can be reached from this machine only`)
    : wrong(URL_CHECK, 'the URL begins with http://, so that whoever is on the way can read the token', 'Write https:// in its place.');
}

/** Judges what stands in the field Secret Token, of which nothing is shown. */
export function judgeToken(token: string): Finding {
  if (/^bearer\s/i.test(token))
    return wrong(TOKEN_CHECK, '"Bearer" stands before the token', 'Leave the word out: clients write it themselves.');
  if (!/^[\x21-\x7e]+$/.test(token))
    return wrong(TOKEN_CHECK, 'it holds blanks, line breaks or letters that no token has', 'Copy the token alone, in one line.');
  if (token.startsWith(TOKEN_PREFIX) && !isWellFormedToken(token))
    return wrong(
      TOKEN_CHECK,
      `it is cut off or mistyped: it has ${token.length} characters, and the last six do not check the others`,
      'Copy it again, or make another with "scim token create".',
    );
  return good(TOKEN_CHECK, `${token.length} characters, in one line`);
}
