import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../../src/scim/json.ts';
import { ALL_LENIENCIES } from '../../../src/scim/leniency.ts';
import { applyPatch } from '../../../src/scim/patch/apply-patch.ts';
import { detachMembers } from '../../../src/scim/patch/detach-members.ts';
import { parsePatch } from '../../../src/scim/patch/parse-patch.ts';
import { GROUP } from '../../../src/scim/schema/resource-types.ts';
import { runs } from '../../support/property-runs.ts';

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
      runs(1_000),
    );
  });
});

const membersIn = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value.map((member) => (isObject(member) ? (member['value'] ?? null) : member)) : [];
