import { DatabaseSync } from 'node:sqlite';
import type { ChangeEvent, Moment, Phase } from './event.ts';

/**
 * The application's own tables, and beside them how far it has followed: both change in one transaction, so a process that
 * is killed at any moment goes on where its data are.
 *
 * A removed row stays for a while, without values, so that a late repeat does not bring it back. `is_stale`: an event came
 * without a profile, and the resource has yet to be read. `current_members`: a membership counts when its group and its
 * member are both there.
 */
const TABLES = ['users', 'groups'].map(
  (table) => `
  CREATE TABLE IF NOT EXISTS ${table} (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, part INTEGER NOT NULL,
    is_live INTEGER NOT NULL, profile TEXT, is_stale INTEGER NOT NULL, changed_at TEXT NOT NULL, round INTEGER NOT NULL
    ${table === 'users' ? ', active INTEGER' : ''}
  ) STRICT;
  CREATE INDEX IF NOT EXISTS stale_${table} ON ${table} (id) WHERE is_stale;
  CREATE INDEX IF NOT EXISTS removed_${table} ON ${table} (changed_at) WHERE NOT is_live;`,
);
const OTHER_TABLES = `
  CREATE TABLE IF NOT EXISTS memberships (
    group_id TEXT NOT NULL, member_id TEXT NOT NULL, PRIMARY KEY (group_id, member_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS memberships_of ON memberships (member_id);
  CREATE VIEW IF NOT EXISTS current_members AS
    SELECT group_id, member_id FROM memberships JOIN groups ON groups.id = group_id AND groups.is_live
    JOIN (SELECT id FROM users WHERE is_live UNION ALL SELECT id FROM groups WHERE is_live) AS member ON member.id = member_id;
  CREATE TABLE IF NOT EXISTS place (
    cursor TEXT, phase TEXT NOT NULL, round INTEGER NOT NULL, is_up_to_date INTEGER NOT NULL, told_at TEXT, heard_at TEXT
  ) STRICT;
  INSERT INTO place SELECT NULL, 'snapshot', 1, 0, NULL, NULL WHERE NOT EXISTS (SELECT 1 FROM place);`;

export type Table = 'users' | 'groups';

type Parameter = string | number | null;
type Row = Readonly<Record<string, unknown>>;

/** How far a resource has come, and when it was removed if it is gone. */
export type Known = Moment & { readonly removedAt?: string };

/** How far this application has followed. */
export type Place = {
  readonly cursor: string | undefined;
  readonly phase: Phase;
  readonly isUpToDate: boolean;
  /** When the last event happened that was applied. */
  readonly toldAt: string | undefined;
  /** When the directory last answered. */
  readonly heardAt: string | undefined;
};

export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: 5_000 });
    this.#database.exec(`PRAGMA journal_mode = WAL; ${TABLES.join('')} ${OTHER_TABLES}`);
  }

  /** All of it is done, or nothing. */
  atOnce(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  run(sql: string, ...parameters: readonly Parameter[]): void {
    this.#prepare(sql).run(...parameters);
  }

  all(sql: string, ...parameters: readonly Parameter[]): readonly Row[] {
    return this.#prepare(sql).all(...parameters);
  }

  place(): Place {
    const [row = {}] = this.all('SELECT * FROM place');
    return {
      cursor: textOf(row['cursor']),
      phase: row['phase'] === 'changes' ? 'changes' : 'snapshot',
      isUpToDate: row['is_up_to_date'] === 1,
      toldAt: textOf(row['told_at']),
      heardAt: textOf(row['heard_at']),
    };
  }

  known(table: Table, id: string): Known | undefined {
    const [row] = this.all(`SELECT version, part, is_live, changed_at FROM ${table} WHERE id = ?`, id);
    const removedAt = row?.['is_live'] === 0 ? textOf(row['changed_at']) : undefined;
    return row && { version: Number(row['version']), part: Number(row['part']), ...(removedAt !== undefined && { removedAt }) };
  }

  /**
   * Puts a resource as an event tells it; without a profile, the one before stays until the resource has been read. A snapshot
   * may be of another resource under the same id: it is read in any case.
   */
  put(table: Table, { resourceId, version, part, time, profile }: ChangeEvent): void {
    this.run(
      `INSERT INTO ${table} (id, version, part, is_live, profile, is_stale, changed_at, round)
       VALUES (?, ?, ?, 1, ?, ?, ?, (SELECT round FROM place))
       ON CONFLICT DO UPDATE SET version = excluded.version, part = excluded.part, is_live = 1,
         is_stale = excluded.profile IS NULL AND (is_stale OR profile IS NULL OR version < excluded.version
           OR (SELECT phase FROM place) = 'snapshot'),
         profile = coalesce(excluded.profile, profile), changed_at = excluded.changed_at, round = excluded.round`,
      ...[resourceId, version, part, profile === undefined ? null : JSON.stringify(profile), profile === undefined ? 1 : 0, time],
    );
  }

  /** Keeps of a removed resource that it is removed. */
  bury(table: Table, { resourceId, version, part, time }: ChangeEvent): void {
    this.run(
      `INSERT INTO ${table} (id, version, part, is_live, profile, is_stale, changed_at, round) VALUES (?, ?, ?, 0, NULL, 0, ?, 0)
       ON CONFLICT DO UPDATE SET version = excluded.version, part = excluded.part, is_live = 0, is_stale = 0, profile = NULL,
         changed_at = excluded.changed_at`,
      ...[resourceId, version, part, time],
    );
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string): ReturnType<DatabaseSync['prepare']> {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
