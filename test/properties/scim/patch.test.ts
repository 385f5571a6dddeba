import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ScimError } from '../../../src/scim/errors.ts';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { isObject } from '../../../src/scim/json.ts';
import { ALL_LENIENCIES, NO_LENIENCIES } from '../../../src/scim/leniency.ts';
import { applyPatch, type Patched } from '../../../src/scim/patch/apply-patch.ts';
import { detachMembers } from '../../../src/scim/patch/detach-members.ts';
import { parsePatch } from '../../../src/scim/patch/parse-patch.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { bodies, garbage, operations } from './arbitraries.ts';

const documents = bodies.map((body) => deepFreeze(parseResource(USER, body, ALL_LENIENCIES).document));

describe('any patch', () => {
  it('changes a frozen document without touching it, or is refused', () => {
    fc.assert(
      fc.property(documents, fc.array(operations, { minLength: 1, maxLength: 4 }), (document, sent) => {
        const result = attempt(document, { Operations: deepFreeze(sent) });
        if (result instanceof ScimError) return;
        expect(result.document === document).toBe(result.changedPaths.length === 0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves a document that a POST would accept as it is', () => {
    fc.assert(
      fc.property(documents, fc.array(operations, { minLength: 1, maxLength: 4 }), (document, sent) => {
        const result = attempt(document, { Operations: sent });
        if (result instanceof ScimError) return;
        const parsed = parseResource(USER, { ...result.document, schemas: [USER.schema.id] }, NO_LENIENCIES);
        expect(parsed).toEqual({ document: result.document, ignored: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it('changes nothing the second time when it replaces', () => {
    const replacements = operations.filter(({ op }) => op !== 'add');

    fc.assert(
      fc.property(documents, replacements, (document, operation) => {
        const once = attempt(document, { Operations: [operation] });
        if (once instanceof ScimError) return;
        const twice = attempt(once.document, { Operations: [operation] });
        expect(twice instanceof ScimError ? twice.kind : twice.changedPaths).toEqual(twice instanceof ScimError ? 'noTarget' : []);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of garbage is a refusal, or harmless', () => {
    const garbled = fc.record(
      { op: fc.constantFrom('add', 'replace', 'remove', 'move'), path: fc.oneof(fc.string(), garbage), value: garbage },
      { requiredKeys: ['op'] },
    );

    fc.assert(
      fc.property(documents, fc.oneof(garbage, fc.array(garbled, { maxLength: 2 })), (document, sent) => {
        const result = attempt(document, { Operations: sent });
        if (!(result instanceof ScimError)) expect(isObject(result.document)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('any body', () => {
  it('is a resource or a refusal', () => {
    const garbled = bodies.chain((body) =>
      fc.tuple(fc.constantFrom(...Object.keys(body)), garbage).map(([name, value]) => ({ ...body, [name]: value })),
    );

    fc.assert(
      fc.property(garbled, (body) => {
        try {
          const { document } = parseResource(USER, body, ALL_LENIENCIES);
          expect(parseResource(USER, { ...document, schemas: [USER.schema.id] }, NO_LENIENCIES).document).toEqual(document);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalidValue' });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('any change of members', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd');
  const values = fc.array(
    ids.map((value) => ({ value })),
    { maxLength: 3 },
  );
  const change: fc.Arbitrary<JsonObject> = fc.oneof(
    values.map((value) => ({ op: 'add', path: 'members', value })),
    values.map((value) => ({ op: 'replace', path: 'members', value })),
    values.map((value) => ({ op: 'remove', path: 'members', value })),
    fc
      .array(ids, { minLength: 1, maxLength: 3 })
      .map((list) => ({ op: 'remove', path: `members[${list.map((id) => `value eq "${id}"`).join(' or ')}]` })),
    fc.constant({ op: 'remove', path: 'members' }),
    fc.constant({ op: 'replace', value: { members: [] } }),
  );

  it('comes to the same with and without the members at hand', () => {
    fc.assert(
      fc.property(fc.uniqueArray(ids), fc.array(change, { minLength: 1, maxLength: 5 }), (before, sent) => {
        const document = before.length > 0 ? { displayName: 'G', members: before.map((value) => ({ value })) } : { displayName: 'G' };
        const patch = parsePatch(GROUP, { Operations: sent }, ALL_LENIENCIES);
        const detached = detachMembers(GROUP, patch);
        if (detached === 'needs all members') throw new TypeError('these operations name the members they change');
        const { base, present, absent } = detached.members;

        const added = present.map(({ value }) => value);
        const kept = base === 'stored' ? before.filter((id) => !absent.includes(id)) : [];
        const whole = membersIn(applyPatch(GROUP, document, patch).document['members']);

        expect(new Set([...kept, ...added])).toEqual(new Set(whole));
        expect(added.filter((id) => absent.includes(id))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

function attempt(document: JsonObject, body: JsonObject): Patched | ScimError {
  try {
    return applyPatch(USER, document, parsePatch(USER, body, ALL_LENIENCIES));
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}

const membersIn = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value.map((member) => (isObject(member) ? (member['value'] ?? null) : member)) : [];

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
