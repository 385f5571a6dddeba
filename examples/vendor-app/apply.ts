import { type ChangeEvent, isLater, type Page, type Phase } from './event.ts';
import type { Store, Table } from './store.ts';

/** Clocks of the machines that stamp events differ by less; nothing is created in the place of a removed one so soon. */
const CLOCKS_DIFFER_MS = 30_000;

/** A removal is remembered for so long: no repeat comes later. */
const REMEMBERED_DAYS = 30;

/** Applies a page and notes how far that is, both or neither. */
export function applyPage(store: Store, page: Page, now: Date): void {
  store.atOnce(() => {
    const { phase } = store.place();
    for (const event of page.events) applyEvent(store, event, page.phase, now);
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
function applyEvent(store: Store, event: ChangeEvent, phase: Phase, now: Date): void {
  const [about = '', what = ''] = event.type.split('.');
  const table = TABLE_OF.get(about);
  if (table === undefined) return;
  const known = store.known(table, event.resourceId);
  const isRepeat = phase === 'changes' && known !== undefined && !isLater(event, known);
  if (!isRepeat) applyNews(store, table, event, phase === 'snapshot' ? now : new Date(event.time));
  if (what === 'created' && event.version > 1) giveUpMemberships(store, table, event);
}

function applyNews(store: Store, table: Table, event: ChangeEvent, told: Date): void {
  const [about, what] = event.type.split('.');
  if (about === 'members') applyMembers(store, event, told);
  else if (what === 'removed') remove(store, table, event);
  else applyState(store, table, event, what);
}

/** Created in the place of one that was removed: memberships that were told before are that one's, and given up. */
function giveUpMemberships(store: Store, table: Table, { resourceId, time }: ChangeEvent): void {
  store.run(`UPDATE ${table} SET began_ms = max(began_ms, ?) WHERE id = ?`, Date.parse(time) - CLOCKS_DIFFER_MS, resourceId);
}

/** A membership is kept while its member is removed, and counts again when that one is restored. */
function applyMembers(store: Store, { type, resourceId, version, part, members = [] }: ChangeEvent, told: Date): void {
  store.run('UPDATE groups SET version = ?, part = ? WHERE id = ?', version, part, resourceId);
  for (const member of members) {
    if (type === 'members.added') store.run('INSERT OR REPLACE INTO memberships VALUES (?, ?, ?)', resourceId, member, told.getTime());
    if (type === 'members.removed') store.run('DELETE FROM memberships WHERE group_id = ? AND member_id = ?', resourceId, member);
  }
}

function remove(store: Store, table: Table, event: ChangeEvent): void {
  store.bury(table, event);
  if (table === 'groups') voidMembers(store, event);
}

function applyState(store: Store, table: Table, event: ChangeEvent, what?: string): void {
  const { resourceId, active } = event;
  store.put(table, event);
  if (table === 'users' && active !== undefined) store.run('UPDATE users SET active = ? WHERE id = ?', active ? 1 : 0, resourceId);
  if (table === 'groups' && what === 'snapshot') voidMembers(store, event);
}

const voidMembers = (store: Store, { resourceId }: ChangeEvent): void =>
  store.run('DELETE FROM memberships WHERE group_id = ?', resourceId);

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
