import { describe, expect, it } from '@jest/globals';
import { applyPage, beginSnapshot } from '../../../examples/vendor-app/apply.ts';
import type { ChangeEvent, Page } from '../../../examples/vendor-app/event.ts';
import { groups, users } from '../../../examples/vendor-app/show.ts';
import { Store } from '../../../examples/vendor-app/store.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');

const event = (type: string, resourceId: string, version: number, more: Partial<ChangeEvent> = {}): ChangeEvent => ({
  id: `${resourceId}.${version}.${more.part ?? 0}`,
  type,
  resourceType: type.startsWith('user.') ? 'User' : 'Group',
  resourceId,
  version,
  part: 0,
  time: NOW.toISOString(),
  ...more,
});

const pageOf = (phase: Page['phase'], ...events: readonly ChangeEvent[]): Page => ({ phase, events, nextCursor: 'next', isUpToDate: true });

/** A store that has taken these changes, behind a snapshot of nothing. */
function storeThatTook(...events: readonly ChangeEvent[]): Store {
  const store = new Store(':memory:');
  applyPage(store, pageOf('changes', ...events), NOW);
  return store;
}

const take = (store: Store, ...pages: readonly Page[]): void => {
  for (const page of pages) applyPage(store, page, NOW);
};

const membersIn = (store: Store): unknown => groups(store).map(({ members }) => members);
const idsIn = (store: Store): readonly unknown[] => users(store).map(({ id }) => id);
const staleIn = (store: Store): unknown => store.all('SELECT id FROM users WHERE is_stale').map(({ id }) => id);

const ADDED = { part: 1, members: ['u'] };

describe('applying events', () => {
  it('keeps the memberships of who is removed, and of who is restored before that is told', () => {
    const store = storeThatTook(event('user.created', 'u', 1), event('group.created', 'g', 1), event('members.added', 'g', 1, ADDED));

    take(store, pageOf('changes', event('user.removed', 'u', 2)));
    const meanwhile = membersIn(store);
    take(store, pageOf('changes', event('user.restored', 'u', 3)));

    expect([meanwhile, membersIn(store)]).toEqual([[[]], [['u']]]);
  });

  it.each(['created', 'restored', 'snapshot'])('forgets the members of a group that is told as %s', (what) => {
    const store = storeThatTook(event('user.created', 'u', 1), event('group.created', 'g', 1), event('members.added', 'g', 1, ADDED));

    take(store, pageOf('changes', event(`group.${what}`, 'g', 4)));

    expect(membersIn(store)).toEqual([[]]);
  });

  it('passes over a type that it does not know, though it knows what that is about', () => {
    const store = storeThatTook(event('user.created', 'u', 1), event('user.removed', 'u', 2), event('group.created', 'g', 1));

    take(store, pageOf('changes', event('user.erased', 'u', 3), event('members.blessed', 'g', 2, { members: ['u'] })));

    expect([idsIn(store), store.known('users', 'u'), store.known('groups', 'g')]).toEqual([
      [],
      expect.objectContaining({ version: 2, part: 0 }),
      { version: 1, part: 0 },
    ]);
  });

  it('takes what comes under the id of one that can no longer be restored for another one, in no group', () => {
    const store = storeThatTook(
      event('user.created', 'u', 7, { time: '2026-10-01T00:00:00.000Z' }),
      event('group.created', 'g', 1),
      event('members.added', 'g', 1, ADDED),
      event('user.removed', 'u', 8, { time: '2026-10-20T00:00:00.000Z' }),
    );

    take(store, pageOf('changes', event('user.created', 'u', 2)));

    expect([idsIn(store), membersIn(store)]).toEqual([['u'], [[]]]);
  });

  it.each([
    ['2026-11-22T13:00:00.000Z', 'is there again, in no group', [['u'], [[]]]],
    ['2026-11-22T11:00:00.000Z', 'stays removed', [[], [[]]]],
  ])('who was removed at 12 o’clock and is told as created at %s %s', (time, _what, held) => {
    const store = storeThatTook(
      ...[event('user.created', 'u', 7, { time: '2026-11-22T10:00:00.000Z' }), event('group.created', 'g', 1)],
      ...[event('members.added', 'g', 1, ADDED), event('user.removed', 'u', 8)],
    );

    take(store, pageOf('changes', event('user.created', 'u', 1, { time })));

    expect([idsIn(store), membersIn(store)]).toEqual(held);
  });

  it('takes nothing of a page that it cannot take all of', () => {
    const store = storeThatTook(event('user.created', 'u', 1));

    const page = pageOf('changes', event('user.created', 'v', 1), event('user.created', 'w', 1.5));

    expect(() => take(store, { ...page, nextCursor: 'further' })).toThrow('INTEGER');
    expect([idsIn(store), store.place().cursor]).toEqual([['u'], 'next']);
  });
});

describe('applying another snapshot', () => {
  it('keeps a membership that it tells of somebody who was restored behind its back', () => {
    const store = storeThatTook(event('user.created', 'u', 1), event('group.created', 'g', 1), event('members.added', 'g', 1, ADDED));
    beginSnapshot(store);

    take(
      store,
      pageOf(
        'snapshot',
        event('group.snapshot', 'g', 1, { part: 1_500_000 }),
        event('members.added', 'g', 1, { ...ADDED, part: 1_500_001 }),
      ),
      pageOf('changes'),
      pageOf(
        'changes',
        event('user.removed', 'u', 2),
        event('user.restored', 'u', 3),
        event('members.added', 'g', 1, { ...ADDED, part: 1_000_000 }),
      ),
    );

    expect(membersIn(store)).toEqual([['u']]);
  });

  it('forgets all that it does not tell of, so that versions may begin anew', () => {
    const store = storeThatTook(
      event('user.created', 'u', 7),
      event('user.created', 'v', 7),
      event('user.removed', 'v', 8),
      event('group.created', 'g', 7),
      event('members.added', 'g', 7, ADDED),
    );
    beginSnapshot(store);

    take(store, pageOf('snapshot'), pageOf('changes'));
    const meanwhile = [idsIn(store), groups(store)];
    take(store, pageOf('changes', event('user.created', 'u', 1), event('user.restored', 'v', 3), event('group.created', 'g', 1)));

    expect(meanwhile).toEqual([[], []]);
    expect([idsIn(store), membersIn(store)]).toEqual([['u', 'v'], [[]]]);
  });

  it('reads again who is there under a lower version', () => {
    const store = storeThatTook(event('user.created', 'u', 7, { profile: { userName: 'before' } }));
    beginSnapshot(store);

    take(store, pageOf('snapshot', event('user.snapshot', 'u', 2)));

    expect(staleIn(store)).toEqual(['u']);
  });
});
