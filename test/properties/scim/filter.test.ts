import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import { equalities } from '../../../src/scim/filter/equalities.ts';
import { evaluate } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { printFilter } from '../../../src/scim/filter/print.ts';
import { fold } from '../../../src/scim/fold.ts';
import { ALL_LENIENCIES } from '../../../src/scim/leniency.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import { USER } from '../../../src/scim/schema/resource-types.ts';
import { bodies, filterLike, filters } from './arbitraries.ts';

const documents = bodies.map((body) => parseResource(USER, body, ALL_LENIENCIES).document);

describe('any filter', () => {
  it('is given back by parsing what it is printed as', () => {
    fc.assert(
      fc.property(filters, (filter) => expect(parseFilter(printFilter(filter), USER)).toEqual(filter)),
      { numRuns: 2_000 },
    );
  });

  it('means the same after printing and parsing, and its negation the opposite', () => {
    fc.assert(
      fc.property(filters, documents, (filter, document) => {
        const matches = evaluate(filter, document);

        expect(evaluate(parseFilter(printFilter(filter), USER), document)).toBe(matches);
        expect(evaluate({ kind: 'not', operand: filter }, document)).toBe(!matches);
      }),
      { numRuns: 1_000 },
    );
  });

  it('matches only what has all its equalities', () => {
    fc.assert(
      fc.property(filters, documents, (filter, document) => {
        if (!evaluate(filter, document)) return;
        for (const { path, value } of equalities(filter)) {
          expect(evaluate(parseFilter(`${path} eq ${JSON.stringify(value)}`, USER), document)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('any text', () => {
  it('is a filter or a refusal', () => {
    fc.assert(
      fc.property(filterLike, (text) => {
        try {
          const filter = parseFilter(text, USER);
          expect(parseFilter(printFilter(filter), USER)).toEqual(filter);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
          expect(error).toMatchObject({ kind: 'invalidFilter' });
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('folds to what folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(fold(fold(text))).toBe(fold(text))),
      { numRuns: 3_000 },
    );
  });
});
