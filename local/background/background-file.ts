import { DatabaseSync } from 'node:sqlite';
import type { Message } from './message.ts';

/** What is behind the scenes and has to outlive the server: what waits in the queues, and how far the stream has been read. */
export type BackgroundFile = {
  readonly messagesIn: (queue: string) => readonly Message[];
  /** Keeps a message, in this queue alone. */
  readonly keep: (queue: string, message: Message) => void;
  readonly drop: (id: string) => void;
  /** Sequence number of the last record that was dealt with. */
  readonly placeIn: (stream: string, shard: string) => string | undefined;
  readonly setPlace: (stream: string, shard: string, sequenceNumber: string) => void;
  /** The highest of all places; undefined where nothing was read yet. */
  readonly lastRead: () => number | undefined;
  readonly close: () => void;
};

const SCHEMA = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, dueMs INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS place (stream TEXT, shard TEXT, sequenceNumber TEXT NOT NULL, PRIMARY KEY (stream, shard));`;

/** Opens the file; whatever was written there is there after the process was killed. */
export function openBackgroundFile(path: string, now: () => number = Date.now): BackgroundFile {
  const file = new DatabaseSync(path);
  file.exec(SCHEMA);
  const messages = file.prepare('SELECT id, body, dueMs FROM message WHERE queue = ? ORDER BY dueMs, rowid');
  const put = file.prepare('INSERT OR REPLACE INTO message (id, queue, body, dueMs) VALUES (?, ?, ?, ?)');
  const remove = file.prepare('DELETE FROM message WHERE id = ?');
  const place = file.prepare('SELECT sequenceNumber FROM place WHERE stream = ? AND shard = ?');
  const move = file.prepare('INSERT OR REPLACE INTO place (stream, shard, sequenceNumber) VALUES (?, ?, ?)');
  const last = file.prepare('SELECT MAX(CAST(sequenceNumber AS INTEGER)) AS number FROM place');
  const toMessage = (row: Readonly<Record<string, unknown>>): Message => ({
    id: String(row['id']),
    body: String(row['body']),
    delaySeconds: Math.max(0, (Number(row['dueMs']) - now()) / 1_000),
  });
  return {
    messagesIn: (queue) => messages.all(queue).map(toMessage),
    keep: (queue, { id, body, delaySeconds }) => void put.run(id, queue, body, Math.round(now() + delaySeconds * 1_000)),
    drop: (id) => void remove.run(id),
    placeIn: (stream, shard) => {
      const found = place.get(stream, shard)?.['sequenceNumber'];
      return found === undefined ? undefined : String(found);
    },
    setPlace: (stream, shard, sequenceNumber) => void move.run(stream, shard, sequenceNumber),
    lastRead: () => {
      const number = last.get()?.['number'];
      return typeof number === 'number' ? number : undefined;
    },
    close: () => file.close(),
  };
}
