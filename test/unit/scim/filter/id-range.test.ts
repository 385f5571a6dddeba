import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../../../src/scim/filter/evaluate.ts';
import { idRange } from '../../../../src/scim/filter/id-range.ts';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';

const range = (filter: string) => idRange(parseFilter(filter, USER));

describe('the ids a filter allows', () => {
  it.each([
    ['id gt "a"', { from: 'a' }],
    ['id ge "a"', { from: 'a' }],
    ['id lt "b"', { upTo: 'b' }],
    ['id le "b"', { upTo: 'b' }],
    ['id sw "a"', { from: 'a', upTo: 'a~' }],
    ['id gt "a" and id lt "c" and title pr', { from: 'a', upTo: 'c' }],
    ['id gt "a" and id gt "b"', { from: 'b' }],
    ['id lt "b" and id lt "a"', { upTo: 'a' }],
    ['id ew "a"', {}],
    ['id co "a"', {}],
    ['id ne "a"', {}],
    ['id gt "a" or id lt "b"', {}],
    ['not (id gt "a")', {}],
    ['id gt ""', {}],
    ['id eq null', {}],
    ['externalId gt "a"', {}],
    ['groups[value gt "a"]', {}],
    ['id pr', {}],
  ])('%s', (filter, expected) => {
    expect(range(filter)).toEqual(expected);
  });

  it('end in a key, however long the text', () => {
    expect(range(`id gt "${'😀'.repeat(60)}"`).from?.length).toBe(64);
    expect(range(`id gt "a${'😀'.repeat(60)}"`).from?.isWellFormed()).toBe(true);
  });

  it('hold every id that matches', () => {
    const id = fc.uuid({ version: 7 });
    const bound = fc.oneof(
      id,
      id.chain((whole) => fc.nat(36).map((length) => whole.slice(0, length))),
      fc.string({ unit: 'binary', maxLength: 80 }).filter((text) => text.isWellFormed() && !text.includes('\0')),
    );
    const term = fc.tuple(fc.constantFrom('gt', 'ge', 'lt', 'le', 'sw', 'eq', 'ne'), bound);
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 3 }), id, (terms, candidate) => {
        const filter = parseFilter(terms.map(([op, value]) => `id ${op} ${JSON.stringify(value)}`).join(' and '), USER);
        const { from = '', upTo = '~' } = idRange(filter);

        if (evaluate(filter, { id: candidate })) expect(candidate >= from && candidate <= upTo).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
