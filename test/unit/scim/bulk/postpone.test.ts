import { describe, expect, it } from '@jest/globals';
import { completion, postpone } from '../../../../src/scim/bulk/postpone.ts';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { ALL_LENIENCIES, NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../../src/scim/schema/resource-types.ts';
import { URN } from '../../../../src/scim/urn.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const DEVICE: ResourceType = {
  name: 'Device',
  description: '',
  endpoint: '/Devices',
  schema: {
    id: 'urn:example:Device',
    name: 'Device',
    description: '',
    attributes: [
      attribute('owner', { type: 'reference', required: true }),
      attribute('users', { type: 'reference', required: true, multiValued: true }),
      attribute('serial', { mutability: 'immutable' }),
    ],
  },
  extensions: [],
  subjectAttributes: [],
};

const laterB = (bulkId: string) => bulkId === 'b';
const split = (type: ResourceType, data: JsonObject) => postpone(type, data, laterB, ALL_LENIENCIES);

describe('postpone', () => {
  it('takes out the members that refer to what comes later, and keeps the others', () => {
    const members = [{ value: 'bulkId:a' }, { value: 'bulkId:b' }, { value: '1' }];

    expect(split(GROUP, { displayName: 'G', members })).toEqual({
      data: { displayName: 'G', members: [{ value: 'bulkId:a' }, { value: '1' }] },
      postponed: [{ path: 'members', value: [{ value: 'bulkId:b' }] }],
      isPossible: true,
    });
  });

  it('takes out an attribute of which nothing would be left', () => {
    expect(split(GROUP, { displayName: 'G', MEMBERS: [{ value: 'bulkId:b' }] })).toEqual({
      data: { displayName: 'G' },
      postponed: [{ path: 'members', value: [{ value: 'bulkId:b' }] }],
      isPossible: true,
    });
  });

  it.each([ENTERPRISE, ENTERPRISE.toUpperCase(), 'urn:scim:schemas:extension:enterprise:1.0'])(
    'takes one out of the extension %s',
    (urn) => {
      const { data, postponed } = split(USER, { userName: 'u', [urn]: { department: 'D', manager: { value: 'bulkId:b' } } });

      expect(data).toEqual({ userName: 'u', [urn]: { department: 'D' } });
      expect(postponed).toEqual([{ path: `${ENTERPRISE}:manager`, value: { value: 'bulkId:b' } }]);
    },
  );

  it('knows other names of an extension only where they are forgiven', () => {
    const data = { 'urn:scim:schemas:extension:enterprise:1.0': { manager: 'bulkId:b' } };

    expect(postpone(USER, data, laterB, NO_LENIENCIES)).toEqual({ data, postponed: [], isPossible: true });
  });

  it.each<[string, ResourceType, JsonObject]>([
    ['no schema knows', USER, { shoe: 'bulkId:b', [ENTERPRISE]: { shoe: 'bulkId:b' }, [`${ENTERPRISE}:x`]: 'bulkId:b' }],
    ['is a sub-attribute', USER, { 'name.familyName': 'bulkId:b' }],
    ['is readOnly', USER, { groups: [{ value: 'bulkId:b' }], meta: { location: 'bulkId:b' } }],
    ['is writeOnly', USER, { password: 'bulkId:b' }],
    ['is an extension without attributes', USER, { [ENTERPRISE]: 'bulkId:b' }],
    ['refers to what comes earlier', GROUP, { displayName: 'bulkId:a', members: [{ value: 'bulkId:a' }] }],
    ['refers to nothing', GROUP, { displayName: 'b', members: [] }],
  ])('leaves in place what %s', (_, type, data) => {
    expect(split(type, data)).toEqual({ data, postponed: [], isPossible: true });
  });

  it('is not possible where a required attribute would have nothing left', () => {
    expect(split(DEVICE, { owner: 'bulkId:b' })).toMatchObject({ data: {}, isPossible: false });
    expect(split(DEVICE, { users: ['bulkId:b'] })).toMatchObject({ data: {}, isPossible: false });
    expect(split(DEVICE, { users: ['bulkId:b', '1'] })).toMatchObject({ data: { users: ['1'] }, isPossible: true });
    expect(split(DEVICE, { serial: 'bulkId:b', owner: '1' })).toMatchObject({ data: { owner: '1' }, isPossible: true });
  });
});

describe('completion', () => {
  it('is a PATCH that adds what was postponed, its references resolved', () => {
    const postponed = [
      { path: 'members', value: [{ value: 'bulkId:b' }] },
      { path: 'owner', value: 'bulkId:b' },
    ];

    expect(completion(postponed, () => ({ id: '2', location: '/Users/2' }))).toEqual({
      schemas: [URN.patchOp],
      Operations: [
        { op: 'add', path: 'members', value: [{ value: '2' }] },
        { op: 'add', path: 'owner', value: '2' },
      ],
    });
  });
});
