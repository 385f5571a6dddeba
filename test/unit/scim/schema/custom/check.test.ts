import { describe, expect, it } from '@jest/globals';
import { checkCustomization } from '../../../../../src/scim/schema/custom/check.ts';
import { type Customization, NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { REGISTRY, USER } from '../../../../../src/scim/schema/resource-types.ts';
import { applied, aSchema, aType, BADGE, DEVICE, place } from './files.ts';

const check = (customization: Customization): string => checkCustomization(REGISTRY, customization).join('\n');
const extending = (type: string, ...attributes: readonly object[]) =>
  check(place(NO_CUSTOMIZATION, aSchema('urn:example:more', ...attributes), { extends: type }));
const device = (overrides: object, ...attributes: readonly object[]) =>
  check(applied([aSchema(DEVICE, ...attributes), aType('Device', DEVICE, overrides)]));
const many = (count: number, overrides: object = {}) => Array.from({ length: count }, (_, at) => ({ name: `a${at}`, ...overrides }));

describe('checkCustomization', () => {
  it('finds nothing in one that goes together', () => {
    const references = { name: 'holder', type: 'reference', referenceTypes: ['external', 'uri', 'User', 'Device'] };
    const enterprise = { schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: true };

    expect(device({ schemaExtensions: [enterprise] }, references, { name: 'members' })).toBe('');
    expect(check(applied(aSchema(BADGE, { name: 'title' })))).toBe('');
  });

  it('holds all of it to limits', () => {
    const schemas = Array.from({ length: 51 }, (_, at) => aSchema(`urn:example:extension:e${at}:User`));
    const types = Array.from({ length: 21 }, (_, at) => [aSchema(`urn:example:d${at}`), aType(`D${at}`, `urn:example:d${at}`)]);
    const long = many(110, { description: 'x'.repeat(1_000) });

    expect(check(applied(...schemas))).toBe('That would be 51 schemas; the tenant may have 50.');
    expect(check(applied(...types))).toBe('That would be 21 resource types of your own; the tenant may have 20.');
    expect(extending('User', ...long)).toMatch(
      /^That would be 11\d{4} bytes of schemas; shorten descriptions; the tenant may have 102400\.$/,
    );
    expect(device({}, ...many(11, { uniqueness: 'server' }))).toBe('Device: would have 11 unique attributes; a resource type may have 10.');
    expect(device({}, ...many(10, { uniqueness: 'server' }))).toBe('');
    expect(extending('User', ...many(10, { uniqueness: 'server' }))).toContain('User: would have 11 unique attributes');
  });

  it.each([
    [aSchema('urn:example:extension:User'), aSchema('urn:EXAMPLE:extension:user:x:User')],
    [aSchema(BADGE), aSchema(`${BADGE}:extension:User`)],
  ])('refuses a URN that begins like another one', (one, other) => {
    expect(check(applied(one, other))).toContain('so that paths could mean either');
  });

  it('refuses a URN that begins like a built-in one', () => {
    expect(check(applied(aSchema(`${USER.schema.id}:extension:User`)))).toContain(`begins like ${USER.schema.id}`);
  });

  it('lets a URN begin with the letters of another one', () => {
    expect(check(applied(aSchema('urn:example:extension:a:User'), aSchema('urn:example:extension:ab:User')))).toBe('');
  });

  it.each([
    ['name', { name: 'Lookup' }, 'Resource type "Lookup": a new resource type cannot be called this'],
    ['endpoint', { endpoint: '/Bulk' }, 'Endpoint "/Bulk" of Device: is taken by the service itself'],
    ['endpoint of another', { endpoint: '/users' }, 'Endpoint "/users" of Device: is that of User'],
    [
      'schema',
      { schema: 'urn:example:scim:schemas:core:Devise' },
      `Device: there is no schema urn:example:scim:schemas:core:Devise, neither in the file nor applied before; did you mean "${DEVICE}"?`,
    ],
    ['extension', { schemaExtensions: [{ schema: 'urn:example:none', required: false }] }, 'Device: there is no schema urn:example:none'],
    [
      'extension that is a core schema',
      { schemaExtensions: [{ schema: USER.schema.id, required: false }] },
      `Device: ${USER.schema.id} is for User alone`,
    ],
    ['extension that is its own schema', { schemaExtensions: [{ schema: DEVICE, required: false }] }, 'cannot be an extension as well'],
  ])('refuses a resource type with a wrong %s', (_what, overrides, words) => {
    const type = aType('Device', DEVICE, overrides);
    const unused = { name: 'Device2', own: { description: '', endpoint: '/Device2', schema: DEVICE }, extensions: [] };
    const { name, endpoint, schema, schemaExtensions = [] } = type as ReturnType<typeof aType> & { schemaExtensions?: [] };
    const customization = {
      ...applied([aSchema(DEVICE), aType('Device', DEVICE)]),
      types: [{ name, own: { description: '', endpoint, schema }, extensions: schemaExtensions }, unused],
    };

    expect(check(customization)).toContain(words);
  });

  it('refuses two types of one name or endpoint, whatever the case', () => {
    const [schema, other] = [aSchema(DEVICE), aSchema('urn:example:other')];

    expect(check(applied([schema, aType('Device', DEVICE)], [other, aType('DEVICE', 'urn:example:other', { endpoint: '/Others' })]))).toBe(
      'Resource type "DEVICE": there is "Device" already; choose another name.',
    );
    expect(check(applied([schema, aType('Device', DEVICE)], [other, aType('Other', 'urn:example:other', { endpoint: '/devices' })]))).toBe(
      'Endpoint "/devices" of Other: is that of Device; choose another.',
    );
  });

  it.each([
    ['Group', 'Members'],
    ['User', 'groups'],
  ])('keeps %s free of another attribute called %s', (type, name) => {
    expect(extending(type, { name })).toContain(`urn:example:more:${name}: ${type} has an attribute of this name that is kept apart`);
  });

  it('refuses a reference to a type that does not exist', () => {
    const part = { name: 'a', type: 'complex', subAttributes: [{ name: '$ref', type: 'reference', referenceTypes: ['Usr'] }] };

    expect(extending('User', { name: 'a', type: 'reference', referenceTypes: ['User', 'Devices'] })).toBe(
      'urn:example:more:a referenceTypes: no resource type has this name; there are external, uri, User, Group.',
    );
    expect(extending('User', part)).toBe(
      'urn:example:more:a subAttributes.referenceTypes: no resource type has this name; did you mean "User"?',
    );
  });
});
