import { describe, expect, it } from '@jest/globals';
import { memberDifference, typedMembers } from '../../../src/directory/member-changes.ts';

describe('typedMembers', () => {
  it('takes the type from the directory', () => {
    expect(typedMembers([{ value: 'a', display: 'Ada' }], new Map([['a', 'Group']]))).toEqual([
      { value: 'a', display: 'Ada', type: 'Group' },
    ]);
  });

  it('refuses all of them when one does not exist, and names it', () => {
    expect(() => typedMembers([{ value: 'a' }, { value: 'gone' }], new Map([['a', 'User']]))).toThrow(
      expect.objectContaining({ kind: 'invalidValue', message: expect.stringContaining('"gone"') }),
    );
  });

  it('repeats nothing that does not look like an id', () => {
    expect(() => typedMembers([{ value: 'ada@example.com' }], new Map())).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('ada') }),
    );
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
