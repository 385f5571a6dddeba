import { describe, expect, it } from '@jest/globals';
import { isTrustworthy } from '../../../../src/access/oauth/trustworthy-url.ts';

describe('isTrustworthy', () => {
  it.each(['https://login.example.com/keys', 'http://127.0.0.1:8080/keys', 'http://[::1]/keys', 'http://localhost/keys'])(
    'trusts %s',
    (url) => {
      expect(isTrustworthy(url)).toBe(true);
    },
  );

  it.each([
    'http://login.example.com/keys',
    'http://127.0.0.1.example.com/keys',
    'http://localhost.example.com/keys',
    'https://ada:secret@login.example.com/keys',
    'https://ada@login.example.com/keys',
    'https://:secret@login.example.com/keys',
    'ftp://127.0.0.1/keys',
    'file:///etc/passwd',
    'keys',
    '',
  ])('does not trust "%s"', (url) => {
    expect(isTrustworthy(url)).toBe(false);
  });
});
