import { describe, expect, it } from '@jest/globals';
import { renderResource } from '../../../src/scim/render.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE } from './documents.ts';

const BASE = 'https://host/acme/scim/v2';
const META = { id: 'u1', created: '2026-01-01T00:00:00.000Z', lastModified: '2026-01-02T00:00:00.000Z', version: 3 };

describe('a rendered resource', () => {
  it('has its id, its schemas and its meta', () => {
    expect(renderResource(USER, { ...META, document: { userName: 'a' }, externalId: 'x' }, BASE)).toStrictEqual({
      schemas: [USER.schema.id],
      id: 'u1',
      externalId: 'x',
      userName: 'a',
      meta: {
        resourceType: 'User',
        created: META.created,
        lastModified: META.lastModified,
        location: `${BASE}/Users/u1`,
        version: 'W/"3"',
      },
    });
  });

  it('names an extension in schemas when it has attributes of it', () => {
    const rendered = renderResource(USER, { ...META, document: { userName: 'a', [ENTERPRISE]: { department: 'x' } } }, BASE);

    expect(rendered['schemas']).toEqual([USER.schema.id, ENTERPRISE]);
  });

  it('says where each member is, and of what type', () => {
    const members = [
      { value: 'u1', type: 'User', display: 'Babs' },
      { value: 'g2', type: 'Group' },
      { value: 'd3', type: 'Device' },
    ];

    expect(renderResource(GROUP, { ...META, document: { displayName: 'G' }, members }, BASE)['members']).toStrictEqual([
      { value: 'u1', $ref: `${BASE}/Users/u1`, type: 'User', display: 'Babs' },
      { value: 'g2', $ref: `${BASE}/Groups/g2`, type: 'Group' },
      { value: 'd3', type: 'Device' },
    ]);
  });

  it('lists the groups a user is in directly', () => {
    const groups = [{ value: 'g1', display: 'Guides' }];

    expect(renderResource(USER, { ...META, document: { userName: 'a' }, groups }, BASE)['groups']).toEqual([
      { value: 'g1', $ref: `${BASE}/Groups/g1`, type: 'direct', display: 'Guides' },
    ]);
  });

  it('lists groups without addresses where the resource type does not say where groups are', () => {
    const { references: _unknown, ...type } = USER;

    expect(renderResource(type, { ...META, document: {}, groups: [{ value: 'g1' }] }, BASE)['groups']).toEqual([
      { value: 'g1', type: 'direct' },
    ]);
  });

  it('leaves out empty lists of members and groups, and those its type does not have', () => {
    const attributes = ['schemas', 'id', 'meta'];

    expect(Object.keys(renderResource(GROUP, { ...META, document: {} }, BASE))).toEqual(attributes);
    expect(Object.keys(renderResource(GROUP, { ...META, document: {}, members: [] }, BASE))).toEqual(attributes);
    expect(Object.keys(renderResource(USER, { ...META, document: {}, groups: [] }, BASE))).toEqual(attributes);
    expect(Object.keys(renderResource(USER, { ...META, document: {}, members: [{ value: 'x', type: 'User' }] }, BASE))).toEqual(attributes);
    expect(Object.keys(renderResource(GROUP, { ...META, document: {}, groups: [{ value: 'x' }] }, BASE))).toEqual(attributes);
  });
});
