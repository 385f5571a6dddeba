import { describe, expect, it } from '@jest/globals';
import '../../../src/runtime/harden.ts';
import { parseProjection, project, wants } from '../../../src/scim/projection.ts';
import { attribute } from '../../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { aUser, ENTERPRISE } from './documents.ts';

const RESOURCE = { schemas: [USER.schema.id, ENTERPRISE], id: 'u1', ...aUser(), meta: { resourceType: 'User', version: 'W/"1"' } };

const projected = (attributes?: string, excluded?: string) => project(USER, RESOURCE, parseProjection(USER, attributes, excluded));
const names = (attributes?: string, excluded?: string) => Object.keys(projected(attributes, excluded)).sort();

describe('a projection', () => {
  it('without parameters is the whole resource', () => {
    expect(projected()).toEqual(RESOURCE);
    expect(projected('', ' ')).toEqual(RESOURCE);
    expect(projected(' ', '')).toEqual(RESOURCE);
  });

  it('keeps the attributes named, and id and schemas', () => {
    expect(names('userName,meta')).toEqual(['id', 'meta', 'schemas', 'userName']);
  });

  it('keeps all but the attributes excluded, and id and schemas all the same', () => {
    expect(names(undefined, 'emails,id,schemas,meta')).toEqual(
      ['active', 'displayName', 'id', 'name', 'schemas', ENTERPRISE, 'userName'].sort(),
    );
  });

  it('keeps or drops single sub-attributes', () => {
    expect(projected('name.familyName,emails.value')).toMatchObject({
      name: { familyName: 'Jensen' },
      emails: [{ value: 'bjensen@example.com' }, { value: 'babs@jensen.example' }],
    });
    expect(projected('name.familyName')['name']).toEqual({ familyName: 'Jensen' });
    expect(projected(undefined, 'name.familyName')['name']).toEqual({ givenName: 'Barbara' });
  });

  it('keeps the whole attribute when it is named beside one of its sub-attributes', () => {
    expect(projected('name.familyName,name')['name']).toEqual(RESOURCE['name' as keyof typeof RESOURCE]);
    expect(projected('name,name.familyName')['name']).toEqual(RESOURCE['name' as keyof typeof RESOURCE]);
    expect(projected('name.familyName,name.givenName')['name']).toEqual({ givenName: 'Barbara', familyName: 'Jensen' });
  });

  it('drops an attribute of which nothing is left', () => {
    expect(projected('emails.display')).not.toHaveProperty('emails');
    expect(projected('name.middleName')).not.toHaveProperty('name');
  });

  it.each([
    ['in another case', 'USERNAME'],
    ['with the URN of the core schema', `${USER.schema.id}:userName`],
    ['with blanks around them', ' userName , id'],
    ['among names nobody knows', 'userName,favouriteColour,'],
  ])('takes names %s', (_, attributes) => {
    expect(names(attributes)).toEqual(['id', 'schemas', 'userName']);
  });

  it('reaches into an extension, by URN or, as Entra ID does, without', () => {
    const department = { [ENTERPRISE]: { department: 'Tours' } };

    expect(projected(`${ENTERPRISE}:department`)).toMatchObject(department);
    expect(projected('department')[ENTERPRISE]).toEqual(department[ENTERPRISE]);
    expect(projected(ENTERPRISE)[ENTERPRISE]).toEqual(RESOURCE[ENTERPRISE as keyof typeof RESOURCE]);
    expect(projected(undefined, ENTERPRISE)).not.toHaveProperty([ENTERPRISE]);
    expect(projected(undefined, `${ENTERPRISE}:manager.$ref`)[ENTERPRISE]).toEqual({ department: 'Tours', manager: { value: 'm1' } });
  });

  it('passes over the value filter Entra ID puts behind a name', () => {
    expect(names('emails[type eq "work"]')).toEqual(['emails', 'id', 'schemas']);
  });

  it('with both parameters is what the one names and the other does not', () => {
    expect(names('userName,emails', 'emails')).toEqual(['id', 'schemas', 'userName']);
  });

  it('never shows a password, asked for or not', () => {
    const resource = { ...RESOURCE, password: 'secret' };

    expect(project(USER, resource, {})).not.toHaveProperty('password');
    expect(project(USER, resource, parseProjection(USER, 'password,userName'))).not.toHaveProperty('password');
  });

  it('shows what is returned on request only on request', () => {
    const type: ResourceType = {
      ...GROUP,
      schema: { ...GROUP.schema, attributes: [...GROUP.schema.attributes, attribute('secretary', { returned: 'request' })] },
    };
    const group = { id: 'g1', displayName: 'G', secretary: 'x' };

    expect(project(type, group, {})).not.toHaveProperty('secretary');
    expect(project(type, group, parseProjection(type, undefined, 'displayName'))).not.toHaveProperty('secretary');
    expect(project(type, group, parseProjection(type, 'secretary'))).toHaveProperty('secretary');
  });

  it('shows the whole of what is always returned, whichever parts are named or excluded', () => {
    const subAttributes = [attribute('number'), attribute('colour')];
    const badge = attribute('badge', { type: 'complex', returned: 'always', subAttributes });
    const type: ResourceType = { ...GROUP, schema: { ...GROUP.schema, attributes: [badge] } };
    const group = { badge: { number: '1', colour: 'red' } };

    expect(project(type, group, parseProjection(type, 'badge.number'))).toEqual(group);
    expect(project(type, group, parseProjection(type, undefined, 'badge.number,badge'))).toEqual(group);
  });

  it('keeps an attribute called as what every object has', () => {
    const attributes = [attribute('toString'), attribute('constructor')];
    const type: ResourceType = { ...GROUP, extensions: [{ schema: { ...GROUP.schema, id: 'urn:x', attributes }, required: false }] };
    const group = { 'urn:x': { toString: 'a', constructor: 'b' } };

    expect(project(type, group, {})).toEqual(group);
    expect(project({ ...type, schema: { ...GROUP.schema, attributes } }, group['urn:x'], {})).toEqual(group['urn:x']);
  });

  it('drops what no schema knows', () => {
    expect(project(USER, { id: '1', rowVersion: 2, [ENTERPRISE]: { shoeSize: 7 } }, {})).toEqual({ id: '1' });
  });
});

describe('wants', () => {
  it.each([
    [undefined, undefined, true],
    ['displayName', undefined, false],
    ['members', undefined, true],
    ['members.value', undefined, true],
    [undefined, 'members', false],
    [undefined, 'Members', false],
    [undefined, 'members.display', true],
    [undefined, 'displayName', true],
    ['members', 'members', false],
  ])('with attributes=%s and excludedAttributes=%s says of members: %s', (attributes, excluded, answer) => {
    expect(wants(parseProjection(GROUP, attributes, excluded), 'members')).toBe(answer);
  });
});
