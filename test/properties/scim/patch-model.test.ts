import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import type { JsonObject } from '../../../src/scim/json.ts';
import { NO_LENIENCIES } from '../../../src/scim/leniency.ts';
import { applyPatch } from '../../../src/scim/patch/apply-patch.ts';
import { parsePatch } from '../../../src/scim/patch/parse-patch.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { patchByTheBook } from '../../support/scim-model-patch.ts';
import { parts } from './parts.arbitrary.ts';
import { operations, writeOperations } from './patches.arbitrary.ts';
import { documents, TYPES } from './resources.arbitrary.ts';
import { styles } from './write-filter.ts';

describe.each(TYPES)('any patch of a $name', (type) => {
  it('comes to what the book says, or is refused for the same reason', () => {
    const sent = parts(type).chain((part) => fc.tuple(documents(part), fc.array(operations(part), { minLength: 1, maxLength: 4 })));

    fc.assert(
      fc.property(sent, styles(type.schema.id), ([document, patch], style) => {
        const body = writeOperations(patch, style);

        const outcome = outcomeOf(() => applyPatch(type, document, parsePatch(type, body, NO_LENIENCIES)).document);

        expect(kindOr(outcome)).toEqual(kindOr(outcomeOf(() => patchByTheBook(type, document, patch))));
      }),
      runs(1_000),
    );
  });
});

const kindOr = (outcome: JsonObject | ScimError): JsonObject | string => (outcome instanceof ScimError ? outcome.kind : outcome);
