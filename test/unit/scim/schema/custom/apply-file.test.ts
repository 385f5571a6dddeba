import { describe, expect, it } from '@jest/globals';
import { renderSchema } from '../../../../../src/scim/discovery.ts';
import { buildRegistry, schemasOf } from '../../../../../src/scim/schema/custom/build-registry.ts';
import { type Customization, NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { REGISTRY, USER } from '../../../../../src/scim/schema/resource-types.ts';
import { applied, apply, aSchema, aType, BADGE, DEVICE, place, refusalWith } from './files.ts';

const usesOf = ({ types }: Customization) => types.map(({ name, own, extensions }) => ({ name, own: own?.endpoint, extensions }));
const BADGE_OF_USER = [{ name: 'User', own: undefined, extensions: [{ schema: BADGE, required: false }] }];
const OTHER = 'urn:example:scim:schemas:other';

describe('applyFile', () => {
  it('extends the type that the URN of an extension names', () => {
    expect(usesOf(applied(aSchema(BADGE)))).toEqual(BADGE_OF_USER);
    expect(usesOf(applied(aSchema('urn:example:EXTENSION:badge:user')))).toMatchObject([{ name: 'User' }]);
  });

  it.each([OTHER, 'urn:example:extension:badge:Person', 'urn:example:User'])('asks what %s is for, and says how to say it', (urn) => {
    expect(() => applied(aSchema(urn))).toThrow(refusalWith(/--extends User.*--endpoint \/Devices.*ResourceType/));
  });

  it('takes the operator at his word, before what the URN says', () => {
    const group = place(NO_CUSTOMIZATION, aSchema(BADGE), { extends: 'Group', required: true });

    expect(usesOf(group)).toEqual([{ name: 'Group', own: undefined, extensions: [{ schema: BADGE, required: true }] }]);
  });

  it('keeps an extension required until it is said that it is not', () => {
    const required = place(NO_CUSTOMIZATION, aSchema(OTHER), { extends: 'User', required: true });
    const again = place(required, aSchema(OTHER), { extends: 'User' });
    const relaxed = apply(
      again,
      aType('User', USER.schema.id, { endpoint: '/Users', schemaExtensions: [{ schema: OTHER, required: false }] }),
    );

    expect(usesOf(again)).toEqual(usesOf(required));
    expect(usesOf(relaxed)).toMatchObject([{ extensions: [{ required: false }] }]);
  });

  it('makes a resource type of a schema with an endpoint, and moves it by another', () => {
    const described = { ...aSchema(DEVICE), description: 'Things.' };
    const made = place(NO_CUSTOMIZATION, described, { endpoint: '/Devices' });
    const moved = place(made, aSchema(DEVICE), { endpoint: '/Gadgets' });

    expect(made.types).toEqual([{ name: 'Device', own: { description: 'Things.', endpoint: '/Devices', schema: DEVICE }, extensions: [] }]);
    expect(moved.types).toEqual([
      { name: 'Device', own: { description: 'Things.', endpoint: '/Gadgets', schema: DEVICE }, extensions: [] },
    ]);
  });

  it('leaves the use of a schema as it was when only its attributes change', () => {
    const before = applied([aSchema(DEVICE), aType('Device', DEVICE)], aSchema(BADGE));
    const after = apply(before, [aSchema(DEVICE, { name: 'other' }), aSchema(BADGE, { name: 'other' })]);

    expect(usesOf(after)).toEqual(usesOf(before));
    expect(after.schemas.map(({ attributes }) => attributes[0]?.name)).toEqual(['other', 'other']);
  });

  it('makes an extension required wherever it is in use already', () => {
    const before = place(applied(aSchema(BADGE)), aSchema(BADGE), { extends: 'Group' });

    expect(place(before, aSchema(BADGE), { required: true }).types).toMatchObject([
      { name: 'User', extensions: [{ schema: BADGE, required: true }] },
      { name: 'Group', extensions: [{ schema: BADGE, required: true }] },
    ]);
  });

  it('extends a type by what is no schema of a type itself', () => {
    const file = [aSchema(DEVICE), aType('Device', DEVICE), aSchema(OTHER)];

    expect(usesOf(place(NO_CUSTOMIZATION, file, { extends: 'User' }))).toEqual([
      { name: 'Device', own: '/Devices', extensions: [] },
      { name: 'User', own: undefined, extensions: [{ schema: OTHER, required: false }] },
    ]);
  });

  it('adds the extensions of a stated type, and takes none away', () => {
    const user = (...schemaExtensions: readonly object[]) => aType('User', USER.schema.id, { endpoint: '/Users', schemaExtensions });
    const first = applied([aSchema(OTHER), user({ schema: OTHER.toUpperCase(), required: false })]);
    const both = apply(apply(first, [aSchema(BADGE), user({ schema: BADGE, required: false })]), user({ schema: BADGE, required: true }));

    expect(usesOf(both)).toEqual([
      {
        name: 'User',
        own: undefined,
        extensions: [
          { schema: OTHER, required: false },
          { schema: BADGE, required: true },
        ],
      },
    ]);
  });

  it('takes a stated type over as it stands, and leaves the others alone', () => {
    const gone = { schema: 'urn:example:none', required: true };
    const both = applied(aSchema(BADGE), [aSchema(DEVICE), aType('Device', DEVICE)], aType('Device', DEVICE, { schemaExtensions: [gone] }));

    expect(usesOf(both)).toEqual([...BADGE_OF_USER, { name: 'Device', own: '/Devices', extensions: [gone] }]);
  });

  it('passes over what is built in and stays as it is', () => {
    const registry = buildRegistry(REGISTRY, applied([aSchema(DEVICE), aType('Device', DEVICE)]));
    const listed = schemasOf(registry).map((schema) => renderSchema(schema, 'https://example.com'));
    const enterprise = { schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: false };
    const user = aType('User', USER.schema.id, { endpoint: '/Users', schemaExtensions: [enterprise] });

    expect(apply(applied([aSchema(DEVICE), aType('Device', DEVICE)]), listed).types).toHaveLength(1);
    expect(applied([user])).toEqual(NO_CUSTOMIZATION);
  });

  it('drops the schema of a type that has another from now on', () => {
    const before = applied([aSchema(DEVICE), aType('Device', DEVICE)]);

    expect(apply(before, [aSchema(OTHER), aType('Device', OTHER)]).schemas).toMatchObject([{ id: OTHER }]);
  });

  it.each([
    [aSchema(USER.schema.id), {}, `${USER.schema.id} is built in and stays as it is`],
    [aSchema(USER.schema.id.toUpperCase()), {}, 'is built in and stays as it is'],
    [aSchema(BADGE.toUpperCase()), {}, `was applied as ${BADGE}`],
    [[aSchema(OTHER), aSchema(OTHER.toUpperCase())], {}, 'is in the file more than once'],
    [[aType('Device', DEVICE), aType('device', DEVICE)], {}, '"Device" is in the file more than once'],
    [aType('User', USER.schema.id, { endpoint: '/People' }), {}, 'Resource type "User" is built in, and its endpoint is "/Users"'],
    [aType('User', OTHER, { endpoint: '/Users' }), {}, `its schema is ${USER.schema.id}`],
    [
      aType('User', USER.schema.id, {
        endpoint: '/Users',
        schemaExtensions: [{ schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: true }],
      }),
      {},
      'leave required at false',
    ],
    [aSchema(OTHER), { extends: 'User', endpoint: '/Others' }, 'say one of the two'],
    [[aSchema(OTHER), aSchema(DEVICE)], { endpoint: '/Others' }, 'An endpoint can be said for one schema only'],
    [aSchema(OTHER), { extends: 'Usr' }, 'There is no resource type "Usr"; did you mean "User"?'],
    [aSchema(OTHER), { extends: 'Person' }, /^There is no resource type "Person"; there are User, Group, Device\.$/],
    [aSchema(OTHER), { required: true, endpoint: '/Others' }, 'Only an extension can be required'],
    [aSchema(DEVICE), { extends: 'User' }, 'The file holds no extension'],
    [aSchema(DEVICE), { required: true }, 'The file holds no extension'],
    [aType('Device', DEVICE), { required: true }, 'The file holds no extension'],
    [{ ...aSchema(OTHER), name: 'Device' }, { endpoint: '/Others' }, 'There is a resource type "Device" already'],
  ])('refuses %j with %j', (file, placing, words) => {
    const current = applied(aSchema(BADGE), [aSchema(DEVICE), aType('Device', DEVICE)]);

    expect(() => place(current, file, placing)).toThrow(refusalWith(words));
  });
});
