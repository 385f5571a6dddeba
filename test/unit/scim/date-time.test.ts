import { describe, expect, it } from '@jest/globals';
import { instantOf } from '../../../src/scim/date-time.ts';

describe('a dateTime', () => {
  it.each([
    ['2011-05-13T04:42:34Z', '2011-05-13T04:42:34'],
    ['2011-05-13T04:42:34', '2011-05-13T04:42:34'],
    ['2011-05-13T06:42:34.500+02:00', '2011-05-13T04:42:34.5'],
    ['0001-01-03T00:00:00.0000000Z', '0001-01-03T00:00:00'],
    ['2011-12-31T23:00:00.10Z', '2011-12-31T23:00:00.1'],
    ['2011-12-31T23:00:00-02:00', '2012-01-01T01:00:00'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00'],
  ])('%s is the instant %s', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it('sorts by the instant, also by fractions finer than a millisecond', () => {
    const texts = [
      '2011-05-13T04:42:33.9999999Z',
      '2011-05-13T04:42:34Z',
      '2011-05-13T04:42:34.0000001Z',
      '2011-05-13T04:42:34.01Z',
      '2011-05-13T04:42:35Z',
    ];
    const instants = texts.map((text) => instantOf(text) ?? '');

    expect([...instants].sort()).toEqual(instants);
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
