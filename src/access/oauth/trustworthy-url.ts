const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Says whether keys may be fetched from there: over TLS, or without leaving the machine. */
export function isTrustworthy(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && LOOPBACK.includes(parsed.hostname));
}
