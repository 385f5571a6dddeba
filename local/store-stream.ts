import { DatabaseSync } from 'node:sqlite';

/** Kept even though they have been read: the next record is numbered behind them. */
const KEPT_RECORDS = 10_000;
const BUSY_MS = 5_000;

/**
 * Keeps the stream of the embedded store from slowing it down.
 *
 * For each item written it looks up the highest sequence number so far, in a table of all records that has no index for
 * that: after ten thousand, a write of a hundred items took a second. And it keeps records for ever.
 *
 * @param lastRead sequence number of the last record that was dealt with; none behind it is forgotten
 */
export function tendStream(file: string, lastRead: number): void {
  const store = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    store.exec('CREATE INDEX IF NOT EXISTS scim_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))');
    const old = `id <= (SELECT MAX(id) FROM _stream_records) - ${KEPT_RECORDS}`;
    store.prepare(`DELETE FROM _stream_records WHERE ${old} AND CAST(sequence_number AS INTEGER) <= ?`).run(lastRead);
  } finally {
    store.close();
  }
}
