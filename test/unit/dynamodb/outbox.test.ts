import { describe, expect, it } from '@jest/globals';
import { outboxOf } from '../../../src/dynamodb/outbox.ts';

const row = (groupId: string, nameVersion: number) => ({ groupId, display: 'Old', nameVersion });

describe('the outbox', () => {
  const { isRemoved, displayOf } = outboxOf([
    { sk: 'gone', kind: 'removed' },
    { sk: 'renamed', kind: 'renamed', display: 'New', nameVersion: 5 },
  ]);

  it('names what is removed', () => {
    expect(isRemoved('gone')).toBe(true);
    expect(isRemoved('renamed')).toBe(false);
    expect(isRemoved('other')).toBe(false);
  });

  it('corrects a name that is older than the rename, and no later one', () => {
    expect(displayOf(row('renamed', 4))).toBe('New');
    expect(displayOf(row('renamed', 5))).toBe('Old');
    expect(displayOf(row('other', 1))).toBe('Old');
  });
});
