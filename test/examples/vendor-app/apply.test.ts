import { describe, expect, it } from '@jest/globals';
import { applyPage } from '../../../examples/vendor-app/apply.ts';
import type { ChangeEvent } from '../../../examples/vendor-app/event.ts';
import { Store } from '../../../examples/vendor-app/store.ts';
import { heldUsers } from '../../support/vendor-tables.ts';

const anEvent = (type: string, version: number, time: string): ChangeEvent => ({
  ...{ id: `ada.${version}.0`, type, resourceType: 'User', resourceId: 'ada', version, part: 0, time },
  ...(type !== 'user.removed' && { active: true, profile: {} }),
});

function heldAfter(...events: readonly ChangeEvent[]): readonly unknown[] {
  const store = new Store(':memory:');
  applyPage(store, { phase: 'changes', events, nextCursor: 'next', isUpToDate: true }, new Date());
  return heldUsers(store).map(({ id }) => id);
}

describe('a user who was removed', () => {
  const removed = anEvent('user.removed', 9, '2026-01-02T00:00:00.000Z');

  it('is there again when an import creates the user anew, though the version begins anew as well', () => {
    expect(heldAfter(removed, anEvent('user.created', 1, '2026-03-01T00:00:00.000Z'))).toEqual(['ada']);
  });

  it('stays removed when it is told once more that the user was created', () => {
    expect(heldAfter(removed, anEvent('user.created', 1, '2026-01-01T00:00:00.000Z'))).toEqual([]);
  });
});
