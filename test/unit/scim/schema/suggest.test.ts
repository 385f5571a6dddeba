import { describe, expect, it } from '@jest/globals';
import { quoted, suggest } from '../../../../src/scim/schema/suggest.ts';

const NAMES = ['emails', 'userName', 'ims', 'title'];

describe('an unknown name', () => {
  it.each([
    ['emials', 'emails'],
    ['usrname', 'userName'],
    ['EMAIL', 'emails'],
    ['titles', 'title'],
  ])('%s is taken for %s', (name, meant) => {
    expect(suggest(name, NAMES)).toBe(`; did you mean "${meant}"?`);
  });

  it.each(['', 'x', 'id', 'department', 'e'.repeat(100_000)])('is answered with what there is when it resembles nothing', (name) => {
    expect(suggest(name, NAMES)).toBe('; there are emails, userName, ims, title.');
  });

  it('is answered with where to look when there are many', () => {
    expect(
      suggest(
        'x',
        Array.from({ length: 9 }, (_, at) => `attribute${at}`),
      ),
    ).toBe('; /Schemas lists them.');
  });
});

describe('a name in a refusal', () => {
  it.each(['favouriteColour', 'name.$ref', 'urn:acme:2.0:User:badge'])('is repeated if it looks like one: %s', (name) => {
    expect(quoted(name)).toBe(` "${name}"`);
  });

  it.each(['', 'bob@example.com', 'Bob Smith', 'x'.repeat(101), '\0'])('is not repeated if it may be anything else: %j', (name) => {
    expect(quoted(name)).toBe('');
  });
});
