import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import { evaluate } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { matchesByTheBook } from '../../support/scim-model-filter.ts';
import { isMeaningful } from '../../support/scim-model-meaning.ts';
import { filters, questions } from './filters.arbitrary.ts';
import { parts } from './parts.arbitrary.ts';
import { resources, TYPES } from './resources.arbitrary.ts';
import { styles, writeFilter } from './write-filter.ts';

describe.each(TYPES)('any filter of a $name, however it is written,', (type) => {
  it('matches the resources that the book says it does', () => {
    const asked = parts(type).chain((part) => fc.tuple(filters(part), resources(part)));

    fc.assert(
      fc.property(asked, styles(type.schema.id), ([filter, resource], style) => {
        const parsed = parseFilter(writeFilter(filter, style), type);

        expect(evaluate(parsed, resource)).toBe(matchesByTheBook(filter, type, resource));
      }),
      runs(1_000),
    );
  });

  it('is refused exactly when it makes no sense', () => {
    fc.assert(
      fc.property(questions(type), styles(type.schema.id), (filter, style) => {
        const outcome = outcomeOf(() => parseFilter(writeFilter(filter, style), type));

        expect(!(outcome instanceof ScimError)).toBe(isMeaningful(filter, type));
      }),
      runs(1_000),
    );
  });
});
