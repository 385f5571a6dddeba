import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { openStore } from '../../local/store-process.ts';
import { tendStream } from '../../local/store-stream.ts';
import { temporaryFolder } from '../support/local-folder.ts';

const dataFolderAt = (path: string) => ({
  path,
  pathOf: (file: string) => join(path, file),
  lock: { describe: async () => {}, release: () => {} },
});

const ADD = `INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number, shard_id, created_at)
  VALUES ('scim', 'INSERT', '{}', ?, 's', 0)`;

describe('the embedded store’s stream', () => {
  it('finds its next sequence number by an index, and forgets of old records what was read', async () => {
    await using temporary = await temporaryFolder();
    const folder = dataFolderAt(temporary.path);
    const store = await openStore(folder);
    const file = new DatabaseSync(folder.pathOf('store.db'));
    file.exec('BEGIN');
    for (let number = 1; number <= 10_500; number += 1) file.prepare(ADD).run(String(number));
    file.exec('COMMIT');

    tendStream(folder.pathOf('store.db'), 400);
    const plan = file.prepare(
      'EXPLAIN QUERY PLAN SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?',
    );
    const kept = file.prepare('SELECT COUNT(*) AS count, MAX(CAST(sequence_number AS INTEGER)) AS last FROM _stream_records').get();
    const steps = plan.all('scim').map(({ detail }) => detail);
    file.close();
    await store.close();

    expect(steps.join('\n')).toContain('scim_stream_order');
    expect(kept).toMatchObject({ count: 10_100, last: 10_500 });
  }, 30_000);
});
