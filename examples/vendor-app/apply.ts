import { type ChangeEvent, isLater, type Page, type Phase } from './event.ts';
import type { Known, Store, Table } from './store.ts';

/** A removal is remembered for as long as the directory can restore: the `retentionDays` of the tenant file. */
const REMEMBERED_DAYS = 30;

/** Clocks of the machines that stamp events differ by less. */
const CLOCKS_DIFFER_MS = 30_000;

/** Applies a page and notes how far that is, both or neither. */
export function applyPage(store: Store, page: Page, now: Date): void {
  store.atOnce(() => {
    if (store.place().phase === 'snapshot' && page.phase === 'changes') endSnapshot(store);
    const toldAt = page.phase === 'changes' ? page.events.at(-1)?.time : undefined;
    if (toldAt !== undefined) forgetRemoved(store, toldAt);
    for (const event of page.events) applyEvent(store, event, page.phase);
    store.run(
      'UPDATE place SET cursor = ?, phase = ?, is_up_to_date = ?, told_at = coalesce(?, told_at), heard_at = ?',
      ...[page.nextCursor, page.phase, page.isUpToDate ? 1 : 0, toldAt ?? null, now.toISOString()],
    );
  });
}

/** Begins again with a snapshot; the tables are used on meanwhile. */
export function beginSnapshot(store: Store): void {
  store.run("UPDATE place SET cursor = NULL, phase = 'snapshot', round = round + 1, is_up_to_date = 0");
}

type Effect = (store: Store, event: ChangeEvent) => void;

/** What is done about each type of event; this application keeps no other resources, and passes over what it does not know. */
const EFFECTS = new Map<string, readonly [Table, Effect]>([
  ['user.created', ['users', putUser]],
  ['user.updated', ['users', putUser]],
  ['user.deactivated', ['users', putUser]],
  ['user.reactivated', ['users', putUser]],
  ['user.restored', ['users', putUser]],
  ['user.snapshot', ['users', putUser]],
  ['user.removed', ['users', removeUser]],
  ['group.created', ['groups', putEmptyGroup]],
  ['group.updated', ['groups', putGroup]],
  ['group.renamed', ['groups', putGroup]],
  ['group.restored', ['groups', putEmptyGroup]],
  ['group.snapshot', ['groups', putEmptyGroup]],
  ['group.removed', ['groups', removeGroup]],
  ['members.added', ['groups', addMembers]],
  ['members.removed', ['groups', dropMembers]],
]);

/** A snapshot says what is, whatever was known; a change that is no later than what is known is a repeat. */
function applyEvent(store: Store, event: ChangeEvent, phase: Phase): void {
  const [table, effect] = EFFECTS.get(event.type) ?? [];
  if (table === undefined || effect === undefined) return;
  const known = store.known(table, event.resourceId);
  const isAnew = known !== undefined && isCreatedAnew(event, known);
  if (isAnew) store.run('DELETE FROM memberships WHERE member_id = ?', event.resourceId);
  if (phase === 'snapshot' || known === undefined || isAnew || isLater(event, known)) effect(store, event);
}

/** A person who was purged may be imported again, under the same id: that is another one, whose versions begin where the file has them. */
const isCreatedAnew = ({ type, version, time }: ChangeEvent, known: Known): boolean =>
  type.endsWith('.created') &&
  known.removedAt !== undefined &&
  version <= known.version &&
  Date.parse(time) > Date.parse(known.removedAt) + CLOCKS_DIFFER_MS;

function putUser(store: Store, event: ChangeEvent): void {
  const { resourceId, active } = event;
  store.put('users', event);
  if (active !== undefined) store.run('UPDATE users SET active = ? WHERE id = ?', active ? 1 : 0, resourceId);
}

/** Memberships are kept meanwhile: no group tells of them, and they count again when the user is restored. */
function removeUser(store: Store, event: ChangeEvent): void {
  store.bury('users', event);
}

function putGroup(store: Store, event: ChangeEvent): void {
  store.put('groups', event);
}

/** Its members follow. */
function putEmptyGroup(store: Store, event: ChangeEvent): void {
  store.put('groups', event);
  voidMembers(store, event);
}

function removeGroup(store: Store, event: ChangeEvent): void {
  store.bury('groups', event);
  voidMembers(store, event);
}

function voidMembers(store: Store, { resourceId }: ChangeEvent): void {
  store.run('DELETE FROM memberships WHERE group_id = ?', resourceId);
}

function addMembers(store: Store, event: ChangeEvent): void {
  for (const member of event.members ?? []) store.run('INSERT OR IGNORE INTO memberships VALUES (?, ?)', event.resourceId, member);
  noteMoment(store, event);
}

function dropMembers(store: Store, event: ChangeEvent): void {
  for (const member of event.members ?? [])
    store.run('DELETE FROM memberships WHERE group_id = ? AND member_id = ?', event.resourceId, member);
  noteMoment(store, event);
}

function noteMoment(store: Store, { resourceId, version, part }: ChangeEvent): void {
  store.run('UPDATE groups SET version = ?, part = ? WHERE id = ?', version, part, resourceId);
}

/** What is here and was not in the snapshot is not there any more. Every group that is there has its members from the snapshot. */
function endSnapshot(store: Store): void {
  for (const table of ['users', 'groups']) store.run(`DELETE FROM ${table} WHERE round < (SELECT round FROM place)`);
  store.run('DELETE FROM memberships WHERE group_id NOT IN (SELECT id FROM groups)');
}

/** What comes under the id of one that can no longer be restored is another one: with a version, and memberships, of its own. */
function forgetRemoved(store: Store, toldAt: string): void {
  const until = new Date(Date.parse(toldAt) - REMEMBERED_DAYS * 86_400_000).toISOString();
  for (const table of ['users', 'groups']) {
    const forgotten = `SELECT id FROM ${table} WHERE NOT is_live AND changed_at < ?`;
    store.run(`DELETE FROM memberships WHERE member_id IN (${forgotten})`, until);
    store.run(`DELETE FROM ${table} WHERE NOT is_live AND changed_at < ?`, until);
  }
}
