import { describe, expect, it } from '@jest/globals';
import { fetchJson } from '../../../src/federation/fetch-json.ts';

describe('fetchJson', () => {
  it.each(['http://192.0.2.1/keys', 'file:///etc/passwd', 'https://ada:secret@127.0.0.1/keys', 'keys'])(
    'sends nothing to %s',
    async (url) => {
      await expect(fetchJson(url)).rejects.toThrow('https only');
    },
  );
});
