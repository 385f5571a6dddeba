import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/scim/json.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../../src/scim/schema/resource-types.ts';
import { subjectOf } from '../../../../src/scim/schema/subject.ts';

describe('the name a human knows a resource by', () => {
  it('is the userName of a user and the displayName of a group', () => {
    expect(subjectOf(USER, { userName: 'bjensen', displayName: 'Babs' })).toBe('bjensen');
    expect(subjectOf(GROUP, { userName: 'bjensen', displayName: 'Guides' })).toBe('Guides');
  });

  it.each<[JsonObject, string | undefined]>([
    [{ serial: 'S1', model: 'M1' }, 'S1'],
    [{ serial: '', model: 'M1' }, 'M1'],
    [{ serial: 7, model: 'M1' }, 'M1'],
    [{ serial: null }, undefined],
    [{}, undefined],
  ])('is the first there is of those its type names: %j', (attributes, subject) => {
    const type: ResourceType = { ...USER, subjectAttributes: ['serial', 'model'] };

    expect(subjectOf(type, attributes)).toBe(subject);
  });
});
