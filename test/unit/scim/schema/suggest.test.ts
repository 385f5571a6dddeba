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

  it.each([
    ['email', ['emails', 'emailed'], 'emails'],
    ['email', ['emailed', 'emails'], 'emails'],
    ['email', ['emaila', 'emailb'], 'emaila'],
    ['n'.repeat(63), ['n'.repeat(64)], 'n'.repeat(64)],
    ['n'.repeat(64), ['n'.repeat(65)], 'n'.repeat(65)],
  ])('%s is taken for the nearest, of two the first: %j', (name, candidates, meant) => {
    expect(suggest(name, candidates)).toContain(`"${meant}"`);
  });

  it.each(['tiptop', 'xytle', 'n'.repeat(65)])('%s is too far from any', (name) => {
    expect(suggest(name, ['title', 'n'.repeat(64)])).toMatch(/^; there are/);
  });

  it.each(['', 'x', 'id', 'department', 'e'.repeat(100_000)])('is answered with what there is when it resembles nothing', (name) => {
    expect(suggest(name, NAMES)).toBe('; there are emails, userName, ims, title.');
  });

  it('is answered with where to look when there are more than eight', () => {
    const names = (length: number) => Array.from({ length }, (_, at) => `attribute${at}`);

    expect(suggest('x', names(8))).toMatch(/^; there are attribute0, .*attribute7\.$/);
    expect(suggest('x', names(9))).toBe('; /Schemas lists them.');
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
