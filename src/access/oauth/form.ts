import { OAuthError } from './refusal.ts';

/** Room for an assertion and its company; a form that is longer is no token request. */
const MAX_FORM_BYTES = 32_768;

export type Form = ReadonlyMap<string, string>;

/**
 * Reads a body of type application/x-www-form-urlencoded (RFC 6749 Appendix B).
 *
 * A parameter without a value counts as left out; unknown ones are for the reader to pass over (RFC 6749 §3.2).
 *
 * @throws {OAuthError} invalid_request — too long, not validly encoded, or with a parameter twice
 */
export function parseForm(text: string): Form {
  if (Buffer.byteLength(text) > MAX_FORM_BYTES) {
    throw new OAuthError('invalid_request', `The body is longer than ${MAX_FORM_BYTES} bytes.`, { status: 413 });
  }
  const form = new Map<string, string>();
  const seen = new Set<string>();
  for (const part of text.split('&').filter((candidate) => candidate !== '')) {
    const at = part.indexOf('=');
    const name = formDecode(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : formDecode(part.slice(at + 1));
    if (seen.has(name)) throw new OAuthError('invalid_request', 'A parameter is given twice; send each one once.');
    seen.add(name);
    if (value !== '') form.set(name, value);
  }
  return form;
}

/** @throws {OAuthError} invalid_request — a `%` encodes nothing */
export function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new OAuthError('invalid_request', 'The body or the Authorization header is not validly percent-encoded.', { cause });
  }
}
