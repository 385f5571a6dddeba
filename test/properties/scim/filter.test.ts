import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import { equalities } from '../../../src/scim/filter/equalities.ts';
import { evaluate } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { printFilter } from '../../../src/scim/filter/print.ts';
import { fold } from '../../../src/scim/fold.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { filters } from './filters.arbitrary.ts';
import { parts } from './parts.arbitrary.ts';
import { resources, TYPES } from './resources.arbitrary.ts';
import { anyText, withSlip } from './texts.arbitrary.ts';
import { styles, writeFilter } from './write-filter.ts';

describe.each(TYPES)('any filter of a $name', (type) => {
  const parsed = fc.tuple(filters(type), styles(type.schema.id)).map(([filter, style]) => parseFilter(writeFilter(filter, style), type));
  const asked = parts(type).chain((part) => fc.tuple(filters(part), resources(part), styles(type.schema.id)));

  it('is given back by parsing what it is printed as', () => {
    fc.assert(
      fc.property(parsed, (filter) => expect(parseFilter(printFilter(filter), type)).toEqual(filter)),
      runs(300),
    );
  });

  it('means the opposite when it is negated', () => {
    fc.assert(
      fc.property(asked, ([sent, resource, style]) => {
        const filter = parseFilter(writeFilter(sent, style), type);

        expect(evaluate({ kind: 'not', operand: filter }, resource)).toBe(!evaluate(filter, resource));
      }),
      runs(300),
    );
  });

  it('matches only what has all its equalities', () => {
    fc.assert(
      fc.property(asked, ([sent, resource, style]) => {
        const filter = parseFilter(writeFilter(sent, style), type);
        if (!evaluate(filter, resource)) return;

        for (const { path, value } of equalities(filter)) {
          if (value !== null) expect(evaluate(parseFilter(`${path} eq ${JSON.stringify(value)}`, type), resource)).toBe(true);
        }
      }),
      runs(500),
    );
  });
});

describe.each(TYPES)('any text, asked of a $name,', (type) => {
  const written = fc.tuple(filters(type), styles(type.schema.id)).map(([filter, style]) => writeFilter(filter, style));
  const texts = fc.oneof(
    anyText(type),
    written.chain((text) => withSlip(type, text)),
  );

  it('is a filter or a refusal', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const filter = outcomeOf(() => parseFilter(text, type));

        if (filter instanceof ScimError) expect(filter.kind).toBe('invalidFilter');
        else expect(parseFilter(printFilter(filter), type)).toEqual(filter);
      }),
      runs(600),
    );
  });
});

describe('any text', () => {
  it('folds to what folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(fold(fold(text))).toBe(fold(text))),
      runs(1_000),
    );
  });
});
