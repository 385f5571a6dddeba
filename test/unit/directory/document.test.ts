import { describe, expect, it } from '@jest/globals';
import { putTogether, takeApart, withExternalId } from '../../../src/directory/document.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { aStoredGroup, aStoredUser } from '../../support/stored-resources.ts';

describe('takeApart', () => {
  it('keeps members and externalId apart from the attributes', () => {
    const parts = takeApart(GROUP, { displayName: 'Staff', externalId: 'x-1', members: [{ value: 'a', display: 'A' }] });

    expect(parts).toEqual({ attributes: { displayName: 'Staff' }, externalId: 'x-1', members: [{ value: 'a', display: 'A' }] });
  });

  it('finds no members in a type that has none', () => {
    expect(takeApart(USER, { userName: 'ada' })).toEqual({ attributes: { userName: 'ada' }, members: [] });
  });
});

describe('putTogether', () => {
  it('shows an application its own externalId only', () => {
    const user = aStoredUser({ externalIds: { entra: 'e-1', okta: 'o-1' } });

    expect(putTogether(USER, user, 'okta')).toMatchObject({ externalId: 'o-1' });
    expect(putTogether(USER, user, 'other')).not.toHaveProperty('externalId');
  });

  it('takes apart what it put together', () => {
    const group = aStoredGroup({ externalIds: { entra: 'g-1' } });
    const members = [{ value: 'a', type: 'User' }];

    const parts = takeApart(GROUP, putTogether(GROUP, group, 'entra', members));

    expect(parts).toEqual({ attributes: group.attributes, externalId: 'g-1', members: [{ value: 'a' }] });
  });
});

describe('withExternalId', () => {
  it('leaves alone what other applications call the resource', () => {
    expect(withExternalId({ entra: '1', okta: '2' }, 'entra', undefined)).toEqual({ okta: '2' });
    expect(withExternalId({ okta: '2' }, 'entra', '3')).toEqual({ okta: '2', entra: '3' });
  });
});

describe('the members of a document', () => {
  it('count once when they are repeated, whatever the case of their id', () => {
    const members = [{ value: 'a' }, { value: 'b' }, { value: 'A', display: 'Ada' }];

    expect(takeApart(GROUP, { members }).members).toEqual([{ value: 'a', display: 'Ada' }, { value: 'b' }]);
  });
});
