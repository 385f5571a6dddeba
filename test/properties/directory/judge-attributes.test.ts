import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeApart } from '../../../src/directory/document.ts';
import { faultOf } from '../../../src/directory/transfer/judge-attributes.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import type { JsonObject } from '../../../src/scim/json.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import { GROUP } from '../../../src/scim/schema/resource-types.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { leniencies } from '../scim/leniencies.arbitrary.ts';
import { bodies, TYPES } from '../scim/resources.arbitrary.ts';
import { garbage } from '../scim/values.arbitrary.ts';

describe.each(TYPES)('the attributes of a $name', (type) => {
  const names = [...type.schema.attributes.map(({ name }) => name), 'unheardOf', ...type.extensions.map(({ schema }) => schema.id)];
  const garbled = fc
    .tuple(bodies(type), fc.constantFrom(...names), garbage)
    .map(([body, name, value]): JsonObject => JSON.parse(JSON.stringify({ ...body, [name]: value })));

  it('come back in whatever was forgiven when they were stored', () => {
    fc.assert(
      fc.property(garbled, leniencies, (body, forgiven) => {
        const outcome = outcomeOf(() => parseResource(type, body, forgiven));
        if (outcome instanceof ScimError) return;

        const stored: JsonObject = JSON.parse(JSON.stringify(takeApart(type, outcome.document).attributes));
        expect(faultOf(type, stored, [])).toBeUndefined();
      }),
      runs(500),
    );
  });

  it('are refused in words, or are what a POST would store', () => {
    fc.assert(
      fc.property(garbled, ({ schemas: _schemas, ...body }) => {
        const fault = faultOf(type, body, []);

        if (fault === undefined) {
          const { document } = parseResource(type, { ...body, schemas: [type.schema.id] }, new Set());
          expect(takeApart(type, document)).toEqual({ attributes: body, members: [] });
        } else expect(fault).toMatch(/^attributes/);
      }),
      runs(500),
    );
  });
});

describe('a value of an attribute that once was', () => {
  it('comes along, unseen as it was', () => {
    const attributes = { displayName: 'Sales', badge: 1, 'urn:example:old': { cost: 2 } };

    expect(faultOf(GROUP, attributes, [])).toContain('badge, urn:example:old');
    expect(faultOf(GROUP, attributes, ['Group badge', 'Group urn:example:old:cost'])).toBeUndefined();
    expect(faultOf(GROUP, attributes, ['User badge', 'Group urn:example:old:cost'])).toContain('badge');
  });
});
