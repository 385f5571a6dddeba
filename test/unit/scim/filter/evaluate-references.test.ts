import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import { GROUP } from '../../../../src/scim/schema/resource-types.ts';

describe('the address of a member', () => {
  const group = { displayName: 'G', members: [{ value: 'u1', type: 'User', $ref: 'https://host/scim/v2/Users/u1' }] };
  const matches = (filter: string): boolean => evaluate(parseFilter(filter, GROUP), group);

  it('is compared as it is written, version and case included; its value is what identifies it', () => {
    expect(matches('members[$ref eq "https://host/scim/v2/Users/u1"]')).toBe(true);
    expect(matches('members[$ref eq "https://host/scim/Users/u1"]')).toBe(false);
    expect(matches('members[$ref eq "https://host/SCIM/v2/Users/u1"]')).toBe(false);
    expect(matches('members[$ref ew "/Users/u1"] and members[value eq "u1"]')).toBe(true);
  });
});
