import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../src/scim/json.ts';
import { compare } from '../../../../../src/scim/schema/custom/compare.ts';
import { type Customization, NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { REGISTRY } from '../../../../../src/scim/schema/resource-types.ts';
import { applied, apply, aSchema, aType, BADGE, DEVICE, place, refusalWith } from './files.ts';

const device = (...attributes: readonly object[]) => applied([aSchema(DEVICE, ...attributes), aType('Device', DEVICE)]);
const badge = (...attributes: readonly object[]) => applied(aSchema(BADGE, ...attributes));

const concernsBetween = (before: Customization, after: Customization) => compare(REGISTRY, before, after).concerns;

/** What stands in the way of a change where this is stored. */
const obstacles = (before: Customization, after: Customization, stored: JsonObject): readonly string[] =>
  concernsBetween(before, after)
    .filter(({ concerns }) => concerns(stored))
    .map(({ type, subject, trouble }) => `${type} ${subject}: ${trouble}`);

const complex = (...subAttributes: readonly object[]) => ({ name: 'a', type: 'complex', subAttributes });

describe('a change that can do no harm', () => {
  it.each([
    [{ name: 'a' }, { name: 'a', description: 'A.', canonicalValues: ['x'], returned: 'always', caseExact: true }],
    [{ name: 'a', required: true }, { name: 'a' }],
    [{ name: 'a', uniqueness: 'server' }, { name: 'a' }],
    [{ name: 'a', mutability: 'readOnly' }, { name: 'a' }],
    [{ name: 'a' }, { name: 'a', mutability: 'immutable' }],
    [
      { name: 'a', type: 'integer' },
      { name: 'a', type: 'decimal' },
    ],
    [{ name: 'a', type: 'dateTime' }, { name: 'a' }],
    [{ name: 'a' }, { name: 'a', type: 'reference' }],
    [{ name: 'a', type: 'reference' }, { name: 'a' }],
    [complex({ name: 'b' }), complex({ name: 'b' }, { name: 'c' })],
    [complex({ name: 'b', required: true }), complex({ name: 'b' })],
    [complex({ name: 'b', required: true }), complex({ name: 'b', required: true })],
    [complex({ name: 'b', mutability: 'readOnly' }), complex({ name: 'b', mutability: 'readOnly' }, { name: 'c' })],
  ])('from %j to %j looks at no resource', (before, after) => {
    expect(concernsBetween(device(before), device(after))).toEqual([]);
  });

  it('such as an addition looks at no resource', () => {
    expect(concernsBetween(NO_CUSTOMIZATION, badge({ name: 'a', required: true, uniqueness: 'server' }))).toEqual([]);
    expect(concernsBetween(badge(), badge({ name: 'code' }, { name: 'a', uniqueness: 'server' }))).toEqual([]);
    expect(
      concernsBetween(
        device(),
        apply(device(), [aSchema(BADGE), aType('Device', DEVICE, { schemaExtensions: [{ schema: BADGE, required: false }] })]),
      ),
    ).toEqual([]);
  });
});

describe('a change that may do harm', () => {
  it.each<readonly [object, object | undefined, JsonObject, string]>([
    [{ name: 'a' }, undefined, { a: 'x' }, 'stored values would be lost'],
    [{ name: 'a' }, { name: 'A' }, { a: 'x' }, 'stored values would be lost'],
    [{ name: 'a' }, { name: 'a', type: 'integer' }, { a: 'x' }, 'stored values do not fit'],
    [{ name: 'a', type: 'decimal' }, { name: 'a', type: 'integer' }, { a: 1.5 }, 'stored values do not fit'],
    [{ name: 'a' }, { name: 'a', multiValued: true }, { a: 'x' }, 'stored values do not fit'],
    [{ name: 'a', multiValued: true }, { name: 'a' }, { a: ['x'] }, 'stored values do not fit'],
    [complex({ name: 'b' }, { name: 'c' }), complex({ name: 'b' }), { a: { c: 'x' } }, 'stored values do not fit'],
    [complex({ name: 'b' }), complex({ name: 'b', required: true }), { a: { c: 'x' } }, 'stored values do not fit'],
    [complex({ name: 'b' }), complex({ name: 'b' }, { name: 'c', required: true }), { a: { b: 'x' } }, 'stored values do not fit'],
    [complex({ name: 'b' }), complex({ name: 'b', type: 'boolean' }), { a: { b: 'x' } }, 'stored values do not fit'],
    [complex({ name: 'b' }), complex({ name: 'b', mutability: 'readOnly' }, { name: 'c' }), { a: { b: 'x' } }, 'stored values do not fit'],
    [{ name: 'a' }, { name: 'a', mutability: 'readOnly' }, { a: 'x' }, 'no client could change stored values any more'],
    [{ name: 'a' }, { name: 'a', mutability: 'writeOnly', returned: 'never' }, { a: 'x' }, 'no client could change stored values any more'],
    [{ name: 'a' }, { name: 'a', uniqueness: 'server' }, { a: 'x' }, 'stored values would not be unique'],
    [
      { name: 'a', uniqueness: 'server' },
      { name: 'a', uniqueness: 'server', caseExact: true },
      { a: 'x' },
      'stored values would not be unique',
    ],
    [{ name: 'a' }, { name: 'a', required: true }, { z: 'x' }, 'resources without a value could no longer be changed'],
    [{ name: 'a' }, { name: 'a', required: true }, { a: ' ' }, 'resources without a value could no longer be changed'],
  ])('from %j to %j is stopped by %j', (before, after, stored, trouble) => {
    const wanted = device({ name: 'z' }, ...(after ? [after] : []));

    expect(obstacles(device({ name: 'z' }, before), wanted, stored)).toEqual([`Device a: ${trouble}`]);
  });

  it.each<readonly [object, object | undefined, JsonObject]>([
    [{ name: 'a' }, undefined, { z: 'x' }],
    [{ name: 'a' }, { name: 'a', type: 'dateTime' }, { a: '2024-01-01T00:00:00Z' }],
    [{ name: 'a', type: 'decimal' }, { name: 'a', type: 'integer' }, { a: 2 }],
    [complex({ name: 'b' }, { name: 'c' }), complex({ name: 'b' }), { a: { b: 'x' } }],
    [complex({ name: 'b' }), complex({ name: 'b', required: true }), { a: { b: 'x' } }],
    [complex({ name: 'b' }, { name: 'c' }), complex({ name: 'b' }), {}],
    [{ name: 'a' }, { name: 'a', required: true }, { a: 'x' }],
    [{ name: 'a', uniqueness: 'server' }, { name: 'a', uniqueness: 'server', caseExact: true }, {}],
  ])('from %j to %j is not stopped by %j', (before, after, stored) => {
    const wanted = device({ name: 'z' }, ...(after ? [after] : []));

    expect(concernsBetween(device({ name: 'z' }, before), wanted)).not.toEqual([]);
    expect(obstacles(device({ name: 'z' }, before), wanted, stored)).toEqual([]);
  });

  it('does not mind the loss of what was never kept', () => {
    expect(
      concernsBetween(device({ name: 'z' }, { name: 'a', mutability: 'writeOnly', returned: 'never' }), device({ name: 'z' })),
    ).toEqual([]);
  });

  it('looks below the URN of an extension', () => {
    const removal = [badge({ name: 'a' }), NO_CUSTOMIZATION] as const;

    expect(obstacles(...removal, { [BADGE]: { a: 'x' } })).toEqual([`User ${BADGE}:a: stored values would be lost`]);
    expect(obstacles(...removal, { a: 'x', [BADGE]: { b: 'x' } })).toEqual([]);
  });

  it('asks for what an extension requires only of those that have the extension', () => {
    const change = [badge({ name: 'a' }), badge({ name: 'a', required: true })] as const;

    expect(obstacles(...change, { [BADGE]: { b: 'x' } })).toEqual([
      `User ${BADGE}:a: resources without a value could no longer be changed`,
    ]);
    expect(obstacles(...change, { userName: 'x' })).toEqual([]);
  });

  it('asks for a required extension of all, as soon as it is', () => {
    const required = place(NO_CUSTOMIZATION, aSchema(BADGE, { name: 'a' }), { extends: 'User', required: true });
    const trouble = [`User ${BADGE}: resources without it could no longer be changed`];

    expect(obstacles(NO_CUSTOMIZATION, required, { userName: 'x' })).toEqual(trouble);
    expect(obstacles(badge({ name: 'a' }), required, { userName: 'x' })).toEqual(trouble);
    expect(obstacles(badge({ name: 'a' }), required, { [BADGE]: { a: 'x' } })).toEqual([]);
    expect(concernsBetween(required, required)).toEqual([]);
  });

  it('takes a resource type away only without resources', () => {
    expect(obstacles(device({ name: 'a' }), NO_CUSTOMIZATION, {})).toEqual(['Device Device: resources would be lost']);
    expect(concernsBetween(device({ name: 'a' }), NO_CUSTOMIZATION)).toHaveLength(1);
  });
});

describe('what was there before', () => {
  const without = device({ name: 'z' });

  it('is looked for when it comes back: it may have been written late', () => {
    const { after } = compare(REGISTRY, device({ name: 'z' }, { name: 'a' }), without);

    expect(after.removed).toEqual(['Device a']);
    expect(obstacles(after, device({ name: 'z' }, { name: 'a', type: 'integer' }), { a: 'x' })).toEqual([
      'Device a: stored values do not fit',
    ]);
    expect(obstacles(after, device({ name: 'z' }, { name: 'a' }), { a: 'x' })).toEqual([]);
    expect(obstacles(after, device({ name: 'z' }, { name: 'a', uniqueness: 'server' }), { a: 'x' })).toEqual([
      'Device a: stored values would not be unique',
    ]);
    expect(compare(REGISTRY, after, { ...device({ name: 'z' }, { name: 'a' }), removed: [] }).after.removed).toEqual([]);
  });

  it('is looked for below a type that comes back', () => {
    const back = device({ name: 'a', type: 'integer', required: true });

    expect(obstacles(NO_CUSTOMIZATION, back, { a: 'x' })).toEqual(['Device a: stored values do not fit']);
    expect(obstacles(NO_CUSTOMIZATION, back, {})).toEqual(['Device a: resources without a value could no longer be changed']);
  });

  it('does not become unique again, because keys of that time may be left', () => {
    const unique = device({ name: 'a', uniqueness: 'server' });
    const { after } = compare(REGISTRY, unique, device({ name: 'a' }));

    expect(after.onceUnique).toEqual(['Device a']);
    expect(() => compare(REGISTRY, after, unique)).toThrow(refusalWith('a: was unique once'));
    expect(compare(REGISTRY, after, device({ name: 'a', description: 'A.' })).after.onceUnique).toEqual(['Device a']);
  });
});

describe('what makes room for a change', () => {
  it.each([
    ['immutable', { name: 'a', type: 'integer' }, 'make it readWrite first and clear these values then'],
    ['readOnly', { name: 'b' }, 'make it readWrite first and clear these values then'],
    ['readWrite', { name: 'a', mutability: 'readOnly' }, 'clear these values first'],
    ['readWrite', { name: 'b' }, 'clear these values first'],
  ])('of an attribute that is %s, to %j', (mutability, after, words) => {
    const concerns = concernsBetween(badge({ name: 'a', mutability }), badge(after));

    expect(concerns.map(({ remedy }) => remedy)).toEqual([`${words}, or leave the attribute as it is and add another`]);
  });
});

describe('a change of what resources are matched by', () => {
  const matched = (customization: Customization): Customization => ({
    ...customization,
    matching: [{ type: 'Device', path: 'a', state: 'ready', revision: 'r' }],
  });
  const before = matched(device({ name: 'a' }));

  it.each([
    ['how it is compared', device({ name: 'a', caseExact: true })],
    ['that it is text', device({ name: 'a', type: 'integer' })],
    ['that it is there', device({ name: 'b' })],
    ['that its type is there', NO_CUSTOMIZATION],
  ])('is refused: %s', (_, after) => {
    expect(() => compare(REGISTRY, before, matched(after))).toThrow('a: resources of type Device are matched by it');
  });

  it('is none where values are compared as they were', () => {
    expect(() => compare(REGISTRY, before, matched(device({ name: 'a', required: true }, { name: 'b' })))).not.toThrow();
  });
});
