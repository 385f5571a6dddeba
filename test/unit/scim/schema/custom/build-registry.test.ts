import { describe, expect, it } from '@jest/globals';
import { buildRegistry } from '../../../../../src/scim/schema/custom/build-registry.ts';
import { NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { findBarePath, findPath } from '../../../../../src/scim/schema/lookup.ts';
import { GROUP, REGISTRY, USER } from '../../../../../src/scim/schema/resource-types.ts';
import { applied, aSchema, aType, BADGE, DEVICE } from './files.ts';

const build = (...files: readonly unknown[]) => buildRegistry(REGISTRY, applied(...files));

describe('buildRegistry', () => {
  it('gives what is built in where nothing was added', () => {
    expect(buildRegistry(REGISTRY, NO_CUSTOMIZATION)).toBe(REGISTRY);
  });

  it('adds an extension behind those there are, and leaves other types the very objects they were', () => {
    const [user, group] = build(aSchema(BADGE));

    expect(user?.extensions.map(({ schema }) => schema.id)).toEqual([USER.extensions[0]?.schema.id, BADGE]);
    expect(group).toBe(GROUP);
  });

  it('adds a resource type that can be a member of a group', () => {
    const [user, group, device] = build([aSchema(DEVICE), aType('Device', DEVICE, { description: 'Things.' })]);
    const members = group && findPath(group, 'members')?.attribute;

    expect(user).toBe(USER);
    expect(device).toMatchObject({ name: 'Device', description: 'Things.', endpoint: '/Devices', schema: { id: DEVICE }, extensions: [] });
    expect(group?.references).toEqual({ User: '/Users', Group: '/Groups', Device: '/Devices' });
    expect(members?.subAttributes).toMatchObject([
      { name: 'value' },
      { name: '$ref', referenceTypes: ['User', 'Group', 'Device'] },
      { name: 'type', canonicalValues: ['User', 'Group', 'Device'] },
      { name: 'display' },
    ]);
    expect(members?.subAttributes?.[0]).not.toHaveProperty('canonicalValues');
    expect(members?.subAttributes?.[0]).not.toHaveProperty('referenceTypes');
  });

  it.each([
    [
      [{ name: 'displayName' }, { name: 'serial', uniqueness: 'server' }],
      ['serial', 'displayName'],
    ],
    [[{ name: 'Name' }, { name: 'code' }], ['Name']],
    [
      [
        { name: 'displayName', returned: 'never' },
        { name: 'name', type: 'boolean' },
        { name: 'code', multiValued: true },
      ],
      [],
    ],
    [[{ name: 'link', type: 'reference', uniqueness: 'server' }], []],
  ])('knows a resource with %j to a human by %j', (attributes, subjects) => {
    const [, , device] = build([aSchema(DEVICE, ...attributes), aType('Device', DEVICE)]);

    expect(device?.subjectAttributes).toEqual(subjects);
  });

  it('leaves out what a customization names and does not hold', () => {
    const own = { description: '', endpoint: '/Devices', schema: DEVICE };
    const extensions = [{ schema: BADGE, required: false }];
    const types = [
      { name: 'Device', own, extensions },
      { name: 'User', extensions },
      { name: 'Gone', extensions },
    ];
    const registry = buildRegistry(REGISTRY, { ...NO_CUSTOMIZATION, types });

    expect(registry.map(({ name, extensions: found }) => [name, found.length])).toEqual([
      ['User', 1],
      ['Group', 0],
    ]);
  });

  it('leaves the meaning of a name without a URN alone', () => {
    const [user] = build(
      aSchema(BADGE, { name: 'department' }, { name: 'code' }),
      aSchema('urn:example:extension:other:User', { name: 'code' }),
    );

    expect(user && findBarePath(user, 'department')?.extension).toBe(USER.extensions[0]?.schema.id);
    expect(user && findBarePath(user, 'code')?.extension).toBe(BADGE);
  });
});
