import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isId, keyOf, type TableKey } from '../../../src/dynamodb/keys.ts';

/** Strings that try to look like a part of a key: separators, escapes, digests, long ones. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('#', '%', '@', 'a', '2', '3', '5', '!', 'Members', '%23', '%sha256%', '\u0000') }),
  fc.string({ minLength: 500, maxLength: 700, unit: fc.constantFrom('x', '#', 'é') }),
);

const id = fc.uuid();
const type = fc.oneof(fc.constantFrom('User', 'Group', 'Unique', 'Member', 'Count'), text);
const entry = fc.record({ attribute: text, value: text, application: text }, { requiredKeys: ['attribute', 'value'] });

/** An entity of the table: what it is, in full, and its key. */
const entity: fc.Arbitrary<{ readonly identity: readonly unknown[]; readonly key: TableKey }> = fc.oneof(
  fc.tuple(type, id).map(([t, i]) => ({ identity: ['resource', t, i], key: keyOf.resource(t, i) })),
  fc.tuple(type, entry).map(([t, e]) => ({ identity: ['unique', t, e.attribute, e.application, e.value], key: keyOf.unique(t, e) })),
  fc
    .tuple(type, entry, id)
    .map(([t, e, i]) => ({ identity: ['lookup', t, e.attribute, e.application, e.value, i], key: keyOf.lookup(t, e, i) })),
  fc.tuple(id, id).map(([g, m]) => ({ identity: ['membership', g, m], key: keyOf.membership(g, m) })),
  fc.tuple(id, id).map(([m, g]) => ({ identity: ['reverse', m, g], key: keyOf.reverse(m, g) })),
  id.map((i) => ({ identity: ['alive', i], key: keyOf.alive(i) })),
  fc.tuple(type, id).map(([t, i]) => ({ identity: ['tombstone', t, i], key: keyOf.tombstone(t, i) })),
  fc.tuple(id, fc.nat()).map(([i, version]) => ({ identity: ['past removal', i, version], key: keyOf.pastRemoval(i, version) })),
  fc.tuple(type, id).map(([t, i]) => ({ identity: ['outbox', t, i], key: keyOf.outbox(t, i) })),
  fc
    .tuple(id, fc.constantFrom('Group' as const, 'Member' as const), id)
    .map(([i, role, other]) => ({ identity: ['removed', i, role, other], key: keyOf.removedRelation(i, role, other) })),
  fc.tuple(type, text).map(([t, reader]) => ({ identity: ['bookmark', t, reader], key: keyOf.bookmark(t, reader) })),
  text.map((name) => ({ identity: ['application', name], key: keyOf.application(name) })),
  text.map((credential) => ({ identity: ['last use', credential], key: keyOf.lastUse(credential) })),
  fc
    .tuple(text, fc.nat())
    .map(([credential, days]) => ({ identity: ['warning', credential, days], key: keyOf.expiryWarning(credential, days) })),
  text.map((name) => ({ identity: ['brake', name], key: keyOf.brake(name) })),
  fc.constant({ identity: ['schemas'], key: keyOf.schemas() }),
  fc.tuple(text, text).map(([issuer, used]) => ({ identity: ['assertion', issuer, used], key: keyOf.assertion(issuer, used) })),
);

describe('keys', () => {
  it('are never shared by two different entities', () => {
    fc.assert(
      fc.property(entity, entity, (one, other) => {
        const isSame = JSON.stringify(one.identity) === JSON.stringify(other.identity);

        expect(JSON.stringify(one.key) === JSON.stringify(other.key)).toBe(isSame);
      }),
      { numRuns: 5_000 },
    );
  });

  it('are never shared by two values that differ by a hair', () => {
    const near = fc
      .tuple(text, fc.constantFrom('#', '%', '@', '%23', '%25', ''))
      .map(([value, mark]) => [value, `${value}${mark}`] as const);
    fc.assert(
      fc.property(near, text, ([value, longer], rest) => {
        const one = keyOf.unique('User', { attribute: value, value: `${longer}${rest}` });
        const other = keyOf.unique('User', { attribute: longer, value: `${value}${rest}` });

        expect(one.pk === other.pk).toBe(value === longer);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are not shared by a long value and the text of its digest', () => {
    const long = 'x'.repeat(600);
    const digest = createHash('sha256').update(long).digest('hex');
    const keyFor = (value: string) => keyOf.unique('User', { attribute: 'userName', value }).pk;

    for (const lookalike of [digest, `%sha256%${digest}`, `sha256%${digest}`]) expect(keyFor(lookalike)).not.toBe(keyFor(long));
  });

  it('keep within the limits of the service, whatever goes into them', () => {
    fc.assert(
      fc.property(entity, ({ key }) => {
        expect(Buffer.byteLength(key.pk)).toBeLessThanOrEqual(2_048);
        expect(Buffer.byteLength(key.sk)).toBeLessThanOrEqual(1_024);
        expect(Buffer.byteLength(key.sk)).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuse a text that is not well-formed Unicode, and make a key of any other', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.integer({ min: 0xd700, max: 0xe010 }).map((code) => String.fromCharCode(code)) }), (value) => {
        const make = () => keyOf.unique('User', { attribute: 'userName', value });

        if (value.isWellFormed()) expect(make()).toBeDefined();
        else expect(make).toThrow(expect.objectContaining({ kind: 'invalidValue' }));
      }),
    );
  });
});

describe('isId', () => {
  it('takes every UUID in lower case and nothing else', () => {
    fc.assert(fc.property(id, (uuid) => expect(isId(uuid)).toBe(true)));
    fc.assert(fc.property(text, (value) => expect(isId(value)).toBe(false)));
  });

  it('takes no upper case, because ids are case-exact', () => {
    expect(isId('019B76DA-A801-7C5C-AD1A-C457D880DBA7')).toBe(false);
  });
});
