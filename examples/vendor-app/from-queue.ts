/**
 * What a consumer of a queue does that an EventBridge rule fills: events come at least once, and in any order.
 *
 * Each fact is kept with the version and part at which it was told, and only something later takes its place: that is one
 * conditional write, in any database. What is shown is worked out from the facts.
 * Removals are never forgotten: rule 6 of docs/explanation/change-feed.md is left to whoever keeps the tables.
 */
import { DatabaseSync } from 'node:sqlite';
import { type ChangeEvent, isChangeEvent, isObject } from './event.ts';

/**
 * `resources` says how each is as of its latest event. `memberships` says whether each was last told of as added or as
 * removed. `floors`: what was told of the group's members before is void.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS resources (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, version INTEGER NOT NULL, part INTEGER NOT NULL,
    is_live INTEGER NOT NULL, active INTEGER, profile TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS floors (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, part INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS memberships (
    group_id TEXT NOT NULL, member_id TEXT NOT NULL, version INTEGER NOT NULL, part INTEGER NOT NULL,
    is_member INTEGER NOT NULL, PRIMARY KEY (group_id, member_id)
  ) STRICT, WITHOUT ROWID;
  CREATE VIEW IF NOT EXISTS current_members AS
    SELECT m.group_id, m.member_id FROM memberships m
    JOIN resources g ON g.id = m.group_id AND g.is_live
    JOIN resources r ON r.id = m.member_id AND r.is_live
    LEFT JOIN floors f ON f.id = m.group_id
    WHERE m.is_member AND (f.id IS NULL OR (m.version, m.part) > (f.version, f.part));`;

/** What is known to say how a user, a group or another resource is. */
const STATES = new Set(['created', 'updated', 'renamed', 'deactivated', 'reactivated', 'restored', 'snapshot', 'removed']);
/** A group that is so has none of the members that it had; those it has now are told later. */
const VOIDING = new Set(['created', 'restored', 'snapshot', 'removed']);

export type QueueMessage = { readonly messageId: string; readonly body: string };

export function openTables(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(`PRAGMA journal_mode = WAL; ${TABLES}`);
  return database;
}

/** Takes a batch of messages as Lambda hands them over from SQS; those it answers with come again. */
export function takeMessages(database: DatabaseSync, messages: readonly QueueMessage[]) {
  const failed = messages.filter(({ body }) => {
    try {
      takeEvent(database, parseEvent(body));
      return false;
    } catch {
      return true;
    }
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** The event is the `detail` of what EventBridge sends. */
function parseEvent(body: string): ChangeEvent {
  const message: unknown = JSON.parse(body);
  const event = isObject(message) && 'detail' in message ? message['detail'] : message;
  if (!isChangeEvent(event)) throw new TypeError('the message is no change event');
  return event;
}

export function takeEvent(database: DatabaseSync, event: ChangeEvent): void {
  const [kind = '', what = ''] = event.type.split('.');
  database.exec('BEGIN IMMEDIATE');
  try {
    if (kind === 'members' && (what === 'added' || what === 'removed')) takeMembers(database, event, what === 'added');
    else if (STATES.has(what)) takeState(database, event, kind, what);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function takeMembers(database: DatabaseSync, { resourceId, version, part, members = [] }: ChangeEvent, isMember: boolean): void {
  const write = database.prepare(
    `INSERT INTO memberships (group_id, member_id, version, part, is_member) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, part = excluded.part, is_member = excluded.is_member
     WHERE (excluded.version, excluded.part) > (version, part)`,
  );
  for (const member of members) write.run(resourceId, member, version, part, isMember ? 1 : 0);
}

function takeState(database: DatabaseSync, event: ChangeEvent, kind: string, what: string): void {
  const { resourceId, version, part, active, profile } = event;
  const isRemoved = what === 'removed';
  database
    .prepare(
      `INSERT INTO resources (id, kind, version, part, is_live, active, profile) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, part = excluded.part, is_live = excluded.is_live,
         active = excluded.active, profile = excluded.profile
       WHERE (excluded.version, excluded.part) > (version, part)`,
    )
    .run(resourceId, kind, version, part, isRemoved ? 0 : 1, active === undefined ? null : Number(active), toText(profile));
  if (kind === 'group' && VOIDING.has(what)) raiseFloor(database, event);
}

function raiseFloor(database: DatabaseSync, { resourceId, version, part }: ChangeEvent): void {
  database
    .prepare(
      `INSERT INTO floors VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version, part = excluded.part
       WHERE (excluded.version, excluded.part) > (version, part)`,
    )
    .run(resourceId, version, part);
}

const toText = (profile: ChangeEvent['profile']): string | null => (profile === undefined ? null : JSON.stringify(profile));
