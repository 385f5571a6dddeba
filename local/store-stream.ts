import { DatabaseSync } from 'node:sqlite';

/** Beyond what a reader can be behind. */
const KEPT_RECORDS = 10_000;
const BUSY_MS = 5_000;

/**
 * Keeps the stream of the embedded store from slowing it down.
 *
 * For each item written it looks up the highest sequence number so far, in a table of all records that has no index for
 * that: after ten thousand, a write of a hundred items took a second. And it keeps records for ever.
 */
export function tendStream(file: string): void {
  const store = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    store.exec('CREATE INDEX IF NOT EXISTS scim_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))');
    store.exec(`DELETE FROM _stream_records WHERE id <= (SELECT MAX(id) FROM _stream_records) - ${KEPT_RECORDS}`);
  } finally {
    store.close();
  }
}
