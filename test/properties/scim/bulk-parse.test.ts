import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalContent } from '../../../src/scim/bulk/canonical-content.ts';
import { creatorsIn, echoOf, parseOperation } from '../../../src/scim/bulk/operation.ts';
import { postpone } from '../../../src/scim/bulk/postpone.ts';
import { bulkIdsIn, resolveReferences } from '../../../src/scim/bulk/references.ts';
import { parseBulkRequest } from '../../../src/scim/bulk/request.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { ALL_LENIENCIES } from '../../../src/scim/leniency.ts';
import { GROUP, REGISTRY } from '../../../src/scim/schema/resource-types.ts';

const words = fc.oneof(
  fc.string(),
  fc.constantFrom('POST', 'put', 'DELETE', '/Users', '/Users/1', '/Groups/bulkId:a', 'bulkId:a', 'bulkId:b', 'a', 'b'),
);
const names = fc.oneof(
  fc.constantFrom('method', 'Path', 'bulkId', 'data', 'version', 'value', '$ref', 'members', 'displayName'),
  fc.string(),
);

const { object } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, words, fc.constant(null), fc.integer(), fc.array(tie('value'), { maxLength: 4 }), tie('object')),
  object: fc.dictionary(names, tie('value'), { maxKeys: 5 }),
}));

const body: fc.Arbitrary<JsonObject> = fc.record({
  Operations: fc.array(object, { maxLength: 6 }),
  failOnErrors: fc.option(fc.integer({ min: -1, max: 9 })),
});

/** What `work` gives, or the refusal it throws; anything else that is thrown fails the test. */
function valueOrRefusal<Value>(work: () => Value): Value | ScimError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}

describe('a bulk request', () => {
  it('is understood or refused, and so is each of its operations, whatever was sent', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const parsed = valueOrRefusal(() => parseBulkRequest(sent, ALL_LENIENCIES));
        if (parsed instanceof ScimError) return;
        const creators = creatorsIn(parsed.operations);

        for (const [index, operation] of parsed.operations.entries()) {
          expect(valueOrRefusal(() => parseOperation(operation, index, REGISTRY, creators))).toBeDefined();
          expect(Object.values(echoOf(operation)).every((echoed) => typeof echoed === 'string')).toBe(true);
        }
      }),
    );
  });

  it('has one content, whatever the order of its names', () => {
    fc.assert(
      fc.property(object, (sent) => {
        const reversed: JsonObject = JSON.parse(JSON.stringify(sent), (_name, value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        );

        expect(canonicalContent(reversed, REGISTRY)).toBe(canonicalContent(sent, REGISTRY));
      }),
    );
  });
});

describe('the references in a bulk request', () => {
  it('are gone once all are resolved, and nothing else has changed', () => {
    fc.assert(
      fc.property(object, (data) => {
        const found = bulkIdsIn(data);
        const resolved = resolveReferences(data, () => ({ id: '1', location: '/Users/1' }));

        expect(bulkIdsIn(resolved).size).toBe(0);
        expect(found.size === 0).toBe(JSON.stringify(resolved) === JSON.stringify(data));
        expect(resolveReferences(data, () => undefined)).toEqual(data);
      }),
    );
  });

  it('that lead to what comes later are written later, all of them and nothing else', () => {
    const isLater = (bulkId: string): boolean => bulkId === 'b';
    fc.assert(
      fc.property(fc.array(fc.record({ value: words }), { maxLength: 6 }), words, (members, displayName) => {
        const { data, postponed } = postpone(GROUP, { displayName, members }, isLater, ALL_LENIENCIES);

        const later = postponed.flatMap(({ path, value }) => (path === 'members' && Array.isArray(value) ? value : []));
        const kept = Array.isArray(data['members']) ? data['members'] : [];
        expect([...kept, ...later].map((each) => JSON.stringify(each)).sort()).toEqual(members.map((each) => JSON.stringify(each)).sort());
        expect([...bulkIdsIn(data)].some(isLater)).toBe(false);
        expect(later.every((each) => bulkIdsIn(each).has('b'))).toBe(true);
      }),
    );
  });
});
