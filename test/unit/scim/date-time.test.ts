import { describe, expect, it } from '@jest/globals';
import { instantOf } from '../../../src/scim/date-time.ts';

describe('a dateTime', () => {
  it.each([
    ['2011-05-13T04:42:34Z', Date.UTC(2011, 4, 13, 4, 42, 34)],
    ['2011-05-13T04:42:34', Date.UTC(2011, 4, 13, 4, 42, 34)],
    ['2011-05-13T06:42:34.5+02:00', Date.UTC(2011, 4, 13, 4, 42, 34, 500)],
    ['0001-01-03T00:00:00.0000000Z', -62_135_424_000_000],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
  ])('%s is the instant %d', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it('has fractions finer than a millisecond', () => {
    expect(instantOf('2011-05-13T04:42:34.1230004Z')).toBeGreaterThan(instantOf('2011-05-13T04:42:34.1230000Z') ?? Number.NaN);
  });

  it.each([
    '2011-05-13',
    '2011-5-13T04:42:34Z',
    '2011-13-13T04:42:34Z',
    '2011-00-13T04:42:34Z',
    '2011-04-31T04:42:34Z',
    '2011-04-00T04:42:34Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2011-05-13T25:42:34Z',
    '2011-05-13T04:42:34+2:00',
    '2011-05-13 04:42:34Z',
    'yesterday',
    '',
  ])('%p is none', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });
});
