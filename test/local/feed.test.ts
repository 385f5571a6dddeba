import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

/** Ids of the users whose creation stands in the log of events, in its order; read behind the server's back. */
function createdIn(folder: string): readonly string[] {
  const store = new DatabaseSync(join(folder, 'store.db'), { readOnly: true, timeout: 5_000 });
  try {
    const table = store.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'scim-%'").get();
    const items = store.prepare(`SELECT item_json FROM "${table?.['name']}" WHERE pk = 'S:Feed' ORDER BY sk`).all();
    return items.flatMap(({ item_json: item }) => {
      const events: string | undefined = JSON.parse(String(item)).events?.S;
      const entries: readonly { readonly type: string; readonly resourceId: string }[] = JSON.parse(events ?? '[]');
      return entries.filter(({ type }) => type === 'user.created').map(({ resourceId }) => resourceId);
    });
  } finally {
    store.close();
  }
}

async function untilTold(folder: string, ids: readonly string[]): Promise<readonly string[]> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const told = createdIn(folder);
    if (ids.every((id) => told.includes(id))) return told;
    await pause(50);
  }
  throw new Error('a change was never told');
}

describe('the change feed on this machine', () => {
  it('loses nothing when the server is killed between a commit and what tells of it', async () => {
    await using folder = await temporaryFolder();
    const ids: string[] = [];
    const missing: number[] = [];
    let token = '';
    for (let round = 0; round < 3; round += 1) {
      const server = await startLocalServer(folder.path);
      token ||= server.token ?? '';
      const send = scimClient(server, token);
      for (let user = 0; user < 5; user += 1) {
        const { body } = await send('POST', '/Users', { schemas: [USER], userName: `user.${round}.${user}` });
        ids.push(String(body['id']));
      }
      await server.end('SIGKILL');
      missing.push(ids.length - new Set(createdIn(folder.path)).size);
    }

    const last = await startLocalServer(folder.path);
    const told = await untilTold(folder.path, ids);
    await last.end('SIGTERM');

    expect(Math.max(...missing)).toBeGreaterThan(0);
    expect([...new Set(told)]).toEqual(ids);
  }, 120_000);
});
