import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../../../scripts/smoke/options.ts';

describe('the options of the smoke test', () => {
  it('name one system, and play unless they say otherwise', () => {
    expect(parseOptions(['--tenant', 'acme'])).toMatchObject({ system: { tenant: 'acme' }, task: 'play', atOnce: 4 });
    expect(parseOptions(['--local', '--dry-run'])).toMatchObject({ system: 'local', task: 'dry-run' });
  });

  it.each([
    [[], 'one system'],
    [['--local', '--tenant', 'acme'], 'one system'],
    [['--tenant', '../acme'], '--tenant takes'],
    [['--local', '--url', 'acme'], '--url takes'],
    [['--local', '--at-once', '99'], '--at-once takes'],
    [['--local', '--dry-run', '--clean'], 'exclude'],
    [['--lokal'], '--help'],
  ])('are refused where they make no sense: %j', (words, says) => {
    expect(() => parseOptions(words)).toThrow(says);
  });
});
