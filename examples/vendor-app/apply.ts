import { type ChangeEvent, isLater, type Page, type Phase } from './event.ts';
import type { Store, Table } from './store.ts';

/** A removal is remembered for so long: no repeat comes later. */
const REMEMBERED_DAYS = 30;

/** Applies a page and notes how far that is, both or neither. */
export function applyPage(store: Store, page: Page, now: Date): void {
  store.atOnce(() => {
    const { phase } = store.place();
    for (const event of page.events) applyEvent(store, event, page.phase);
    if (phase === 'snapshot' && page.phase === 'changes') endSnapshot(store, now);
    const toldAt = page.phase === 'changes' ? page.events.at(-1)?.time : undefined;
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

/** What an event is about, by the first word of its type; this application keeps no other resources. */
const TABLE_OF: ReadonlyMap<string, Table> = new Map([
  ['user', 'users'],
  ['group', 'groups'],
  ['members', 'groups'],
]);

/** A snapshot says what is, whatever was known; a change that is no later than what is known is a repeat. */
function applyEvent(store: Store, event: ChangeEvent, phase: Phase): void {
  const [about = '', what = ''] = event.type.split('.');
  const table = TABLE_OF.get(about);
  if (table === undefined) return;
  const known = store.known(table, event.resourceId);
  if (phase === 'changes' && known !== undefined && !isLater(event, known)) return;
  if (about === 'members') applyMembers(store, event);
  else if (what === 'removed') remove(store, table, event);
  else applyState(store, table, event, what);
}

function applyMembers(store: Store, { type, resourceId, version, part, members = [] }: ChangeEvent): void {
  store.run('UPDATE groups SET version = ?, part = ? WHERE id = ?', version, part, resourceId);
  for (const member of members) {
    if (type === 'members.added') store.run('INSERT OR REPLACE INTO memberships VALUES (?, ?, 0)', resourceId, member);
    if (type === 'members.removed') store.run('DELETE FROM memberships WHERE group_id = ? AND member_id = ?', resourceId, member);
  }
}

/** What it is a member of waits with it: it counts again when it is restored. */
function remove(store: Store, table: Table, event: ChangeEvent): void {
  store.bury(table, event);
  store.run('UPDATE memberships SET is_left = 1 WHERE member_id = ?', event.resourceId);
  if (table === 'groups') store.run('DELETE FROM memberships WHERE group_id = ?', event.resourceId);
}

function applyState(store: Store, table: Table, event: ChangeEvent, what: string): void {
  const { resourceId, active } = event;
  store.put(table, event);
  if (table === 'users' && active !== undefined) store.run('UPDATE users SET active = ? WHERE id = ?', active ? 1 : 0, resourceId);
  if (what === 'snapshot' && table === 'groups') store.run('DELETE FROM memberships WHERE group_id = ?', resourceId);
  if (what === 'restored' || what === 'snapshot') store.run('UPDATE memberships SET is_left = 0 WHERE member_id = ?', resourceId);
  // Created in the place of one that was removed: that one's memberships are given up.
  if (what === 'created') store.run('DELETE FROM memberships WHERE member_id = ? AND is_left = 1', resourceId);
}

/** What is here and was not in the snapshot is not there any more. */
function endSnapshot(store: Store, now: Date): void {
  const forgotten = new Date(now.getTime() - REMEMBERED_DAYS * 86_400_000).toISOString();
  for (const table of ['users', 'groups']) {
    const gone = `SELECT id FROM ${table} WHERE is_live AND round < (SELECT round FROM place)`;
    store.run(`DELETE FROM memberships WHERE member_id IN (${gone}) OR group_id IN (${gone})`);
    store.run(`UPDATE ${table} SET is_live = 0, is_stale = 0, profile = NULL, changed_at = ? WHERE id IN (${gone})`, now.toISOString());
    store.run(`DELETE FROM ${table} WHERE NOT is_live AND changed_at < ?`, forgotten);
  }
}
