import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../src/scim/json.ts';
import { NO_LENIENCIES } from '../../../src/scim/leniency.ts';
import { renderResource } from '../../../src/scim/render.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { deepFreeze } from '../../support/deep-freeze.ts';
import { outcomeOf } from '../../support/outcome-of.ts';
import { runs } from '../../support/property-runs.ts';
import { leniencies } from './leniencies.arbitrary.ts';
import { bodies, documents, TYPES } from './resources.arbitrary.ts';
import { garbage } from './values.arbitrary.ts';

/** A resource as it is answered: its members apart from the document, each with its address. */
function rendered(type: ResourceType, document: JsonObject): JsonObject {
  const { [type.membersAttribute ?? '']: listed = [], ...others } = document;
  const members = [listed].flat().map((member) => ({ value: textAt(member, 'value') ?? '', type: 'User', ...displayOf(member) }));
  const parts = { id: '1', created: AT, lastModified: AT, version: 1, members, groups: [{ value: 'g' }] };
  return renderResource(type, { ...parts, document: others }, 'https://scim.example.com');
}

const AT = '2026-01-02T03:04:05.678Z';

function displayOf(member: Json): { readonly display?: string } {
  const display = textAt(member, 'display');
  return display === undefined ? {} : { display };
}

function textAt(value: Json, name: string): string | undefined {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}

describe.each(TYPES)('any $name', (type) => {
  it('is read back as it was from what it is shown as', () => {
    fc.assert(
      fc.property(documents(type), (document) => {
        const once = parseResource(type, rendered(type, document), NO_LENIENCIES).document;

        expect(rendered(type, once)).toEqual(rendered(type, document));
        expect(parseResource(type, rendered(type, once), NO_LENIENCIES)).toEqual({ document: once, ignored: [] });
        if (type.membersAttribute === undefined) expect(once).toEqual(document);
      }),
      runs(300),
    );
  });

  it('keeps nothing that only the server writes, or that is not kept', () => {
    fc.assert(
      fc.property(bodies(type), (body) => {
        const { document } = parseResource(type, body, NO_LENIENCIES);

        expect(JSON.stringify(document)).not.toMatch(/"(id|meta|issued|pin|password)":/);
      }),
      runs(300),
    );
  });
});

describe.each(TYPES)('any body of a $name', (type) => {
  const names = [
    ...type.schema.attributes.map(({ name }) => name),
    'schemas',
    'externalId',
    ...type.extensions.map(({ schema }) => schema.id),
  ];
  const garbled = fc.tuple(bodies(type), fc.constantFrom(...names), garbage).map(([body, name, value]) => ({ ...body, [name]: value }));

  it('is a resource or a refusal, whatever is forgiven, and stays as it is', () => {
    fc.assert(
      fc.property(garbled, leniencies, (body, forgiven) => {
        const outcome = outcomeOf(() => parseResource(type, deepFreeze(body), forgiven));

        if (outcome instanceof ScimError) expect(outcome.kind).toBe('invalidValue');
        else
          expect(parseResource(type, { ...outcome.document, schemas: [type.schema.id] }, NO_LENIENCIES).document).toEqual(outcome.document);
      }),
      runs(500),
    );
  });
});
