import { describe, expect, it } from '@jest/globals';
import { policySchema } from '../../../src/access/policy.ts';
import { leftOut, MAX_MEMBER_CHANGES, memberDifference, requireFew, typedMembers } from '../../../src/directory/member-changes.ts';
import { GROUP } from '../../../src/scim/schema/resource-types.ts';

const REFUSING = { policy: policySchema.parse({}) };
const IGNORING = { policy: policySchema.parse({ unknownMembers: 'ignore' }) };

describe('the members one request changes', () => {
  const ids = Array.from({ length: MAX_MEMBER_CHANGES }, (_, index) => `${index}`);

  it('are as many as is documented, added and removed together, and no more', () => {
    expect(() => requireFew({ add: ids.slice(1), remove: ['x'] })).not.toThrow();
    expect(() => requireFew({ add: ids, remove: ['x'] })).toThrow(
      expect.objectContaining({ kind: 'tooLarge', message: expect.stringMatching(/10001 members.*10000/) }),
    );
  });
});

describe('typedMembers', () => {
  it('takes the type from the directory', () => {
    expect(typedMembers([{ value: 'a', display: 'Ada' }], new Map([['a', 'Group']]), REFUSING)).toEqual([
      { value: 'a', display: 'Ada', type: 'Group' },
    ]);
  });

  it('refuses all of them when one does not exist, and names it', () => {
    expect(() => typedMembers([{ value: 'a' }, { value: 'gone' }], new Map([['a', 'User']]), REFUSING)).toThrow(
      expect.objectContaining({ kind: 'invalidValue', message: expect.stringContaining('"gone"') }),
    );
  });

  it('repeats nothing that does not look like an id', () => {
    expect(() => typedMembers([{ value: 'ada@example.com' }], new Map(), REFUSING)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('ada') }),
    );
  });
});

describe('a policy that ignores unknown members', () => {
  it('leaves out those that do not exist', () => {
    expect(typedMembers([{ value: 'gone' }, { value: 'a' }], new Map([['a', 'User']]), IGNORING)).toEqual([{ value: 'a', type: 'User' }]);
  });
});

describe('leftOut', () => {
  it('names the attribute once some of its values were left out', () => {
    expect(leftOut(GROUP, [1, 2], [1])).toEqual(['members']);
    expect(leftOut(GROUP, [1, 2], [1, 2])).toEqual([]);
  });
});

describe('memberDifference', () => {
  it('is what has to be added and removed', () => {
    const current = [
      { value: 'a', type: 'User' },
      { value: 'b', type: 'User' },
    ];

    expect(memberDifference(current, [{ value: 'b' }, { value: 'c' }])).toEqual({ add: [{ value: 'c' }], remove: ['a'] });
  });
});
