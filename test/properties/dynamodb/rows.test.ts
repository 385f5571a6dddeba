import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { marshal, unmarshal } from '../../../src/dynamodb/item.ts';
import { keyOf } from '../../../src/dynamodb/keys.ts';
import { resourceRow, toResource } from '../../../src/dynamodb/rows.ts';
import type { JsonObject } from '../../../src/scim/json.ts';
import { STAMP } from '../../support/store-call.ts';

const document = fc
  .dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }))
  // What JSON itself cannot hold (-0) is not the store's to keep.
  .map((value): JsonObject => JSON.parse(JSON.stringify(value)));

const resource = fc.record(
  {
    type: fc.constantFrom('User', 'Group'),
    id: fc.uuid(),
    version: fc.integer({ min: 1 }),
    created: fc.constant('2026-01-01T00:00:00.000Z'),
    lastModified: fc.constant('2026-01-02T00:00:00.000Z'),
    createdBy: fc.string(),
    externalIds: fc.dictionary(fc.string(), fc.string()),
    attributes: document,
    createdAs: fc.base64String(),
    profile: fc.record({ revision: fc.string(), values: document }),
  },
  { requiredKeys: ['type', 'id', 'version', 'created', 'lastModified', 'createdBy', 'externalIds', 'attributes'] },
);

describe('a resource row', () => {
  it('gives back exactly the resource it was made of', () => {
    fc.assert(
      fc.property(resource, (stored) => {
        const row = { ...keyOf.resource(stored.type, stored.id), ...resourceRow(stored, STAMP) };

        expect(toResource(stored.type, unmarshal(marshal(row)))).toEqual(stored);
      }),
    );
  });
});
