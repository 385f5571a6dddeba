import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import type { JsonObject } from '../../../src/scim/json.ts';
import { ALL_LENIENCIES, type Leniencies, NO_LENIENCIES } from '../../../src/scim/leniency.ts';
import { applyPatch, type Patched } from '../../../src/scim/patch/apply-patch.ts';
import { parsePatch } from '../../../src/scim/patch/parse-patch.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { URN } from '../../../src/scim/urn.ts';
import { deepFreeze } from '../../support/deep-freeze.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { leniencies } from './leniencies.arbitrary.ts';
import { parts } from './parts.arbitrary.ts';
import { operations, writeOperations } from './patches.arbitrary.ts';
import { documents, TYPES } from './resources.arbitrary.ts';
import { garbage } from './values.arbitrary.ts';
import { styles } from './write-filter.ts';

const attempt = (type: ResourceType, document: JsonObject, body: JsonObject, forgiven: Leniencies): Patched | ScimError =>
  outcomeOf(() => applyPatch(type, document, parsePatch(type, body, forgiven)));

const patchOf = (sent: unknown): JsonObject => ({ schemas: [URN.patchOp], Operations: JSON.parse(JSON.stringify(sent)) });

describe.each(TYPES)('any patch of a $name', (type) => {
  const some = parts(type).chain((part) => fc.tuple(documents(part), fc.array(operations(part), { minLength: 1, maxLength: 4 })));
  const sent = fc
    .tuple(some, styles(type.schema.id))
    .map(([[document, patch], style]) => [deepFreeze(document), deepFreeze(writeOperations(patch, style))] as const);

  it('touches neither the document nor the body, done or refused', () => {
    fc.assert(
      fc.property(sent, leniencies, ([document, body], forgiven) => {
        const before = JSON.stringify({ document, body });

        attempt(type, document, body, forgiven);

        expect(JSON.stringify({ document, body })).toBe(before);
      }),
      runs(300),
    );
  });

  it('leaves no trace when its last operation cannot stay', () => {
    const required = type.schema.attributes.find(({ required }) => required)?.name;
    const takeAway = { op: 'remove', path: required };

    fc.assert(
      fc.property(sent, ([document, body]) => {
        const untried = attempt(type, structuredClone(document), body, NO_LENIENCIES);

        const refused = attempt(type, document, patchOf([body['Operations'] ?? [], takeAway].flat()), NO_LENIENCIES);

        expect(refused).toBeInstanceOf(ScimError);
        expect(attempt(type, document, body, NO_LENIENCIES)).toEqual(untried);
      }),
      runs(300),
    );
  });

  it('gives back the very same document if it changes nothing, and else says what it changed', () => {
    fc.assert(
      fc.property(sent, leniencies, ([document, body], forgiven) => {
        const outcome = attempt(type, document, body, forgiven);
        if (outcome instanceof ScimError) return;

        expect(outcome.document === document).toBe(isDeepStrictEqual(outcome.document, document));
        expect(outcome.changedPaths.length === 0).toBe(outcome.document === document);
      }),
      runs(300),
    );
  });

  it('leaves a document that a POST would accept as it is', () => {
    fc.assert(
      fc.property(sent, leniencies, ([document, body], forgiven) => {
        const outcome = attempt(type, document, body, forgiven);
        if (outcome instanceof ScimError) return;

        const parsed = parseResource(type, { ...outcome.document, schemas: [type.schema.id] }, NO_LENIENCIES);
        expect(parsed).toEqual({ document: outcome.document, ignored: [] });
      }),
      runs(300),
    );
  });

  it('comes to the same with everything forgiven, if there was nothing to forgive', () => {
    fc.assert(
      fc.property(sent, ([document, body]) => {
        const strict = attempt(type, document, body, NO_LENIENCIES);
        if (strict instanceof ScimError || JSON.stringify(body).includes('""')) return;

        expect(attempt(type, document, body, ALL_LENIENCIES)).toEqual(strict);
      }),
      runs(300),
    );
  });
});

describe.each(TYPES)('any replacement or removal in a $name', (type) => {
  const some = parts(type).chain((part) =>
    fc.tuple(
      documents(part),
      operations(part).filter(({ op }) => op !== 'add'),
    ),
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(some, styles(type.schema.id), ([document, operation], style) => {
        const body = writeOperations([operation], style);
        const once = attempt(type, document, body, NO_LENIENCIES);
        if (once instanceof ScimError) return;

        const twice = attempt(type, once.document, body, NO_LENIENCIES);
        expect(twice instanceof ScimError ? twice.kind : twice.changedPaths).toEqual(twice instanceof ScimError ? 'noTarget' : []);
      }),
      runs(300),
    );
  });
});

describe.each(TYPES)('any garbage sent as a patch of a $name', (type) => {
  const names = [...type.schema.attributes.map(({ name }) => name), ...type.extensions.map(({ schema }) => schema.id)];
  const operation = fc.record(
    { op: fc.constantFrom('add', 'replace', 'remove', 'Add', 'move'), path: fc.oneof(fc.constantFrom(...names), garbage), value: garbage },
    { requiredKeys: ['op'] },
  );

  it('is refused, or harmless', () => {
    fc.assert(
      fc.property(documents(type), fc.oneof(garbage, fc.array(operation, { maxLength: 2 })), leniencies, (document, body, forgiven) => {
        const outcome = attempt(type, deepFreeze(document), patchOf(body), forgiven);
        if (outcome instanceof ScimError) return;

        expect(parseResource(type, { ...outcome.document, schemas: [type.schema.id] }, NO_LENIENCIES).document).toEqual(outcome.document);
      }),
      runs(300),
    );
  });
});
