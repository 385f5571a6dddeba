import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type ScimClient, scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

const WRITERS = 8;

/** Creates users until the server is gone; adds the id of each one that was acknowledged. */
async function write(send: ScimClient, prefix: string, acknowledged: string[]): Promise<void> {
  for (let n = 0; ; n += 1) {
    const answer = await send('POST', '/Users', { schemas: [USER], userName: `${prefix}-${n}` }).catch(() => undefined);
    if (answer === undefined) return;
    expect(answer.status).toBe(201);
    acknowledged.push(String(answer.body['id']));
  }
}

describe('SIGKILL', () => {
  it('during writes loses no write that was acknowledged', async () => {
    await using folder = await temporaryFolder();
    const acknowledged: string[] = [];
    let token = '';

    for (let round = 0; round < 3; round += 1) {
      const server = await startLocalServer(folder.path);
      token = server.token ?? token;
      const send = scimClient(server, token);
      const writing = Array.from({ length: WRITERS }, (_, writer) => write(send, `r${round}w${writer}`, acknowledged));
      while (server.isRunning() && acknowledged.length < (round + 1) * 50) await pause(5);
      await server.end('SIGKILL');
      await Promise.all(writing);
    }
    const server = await startLocalServer(folder.path);
    const send = scimClient(server, token);
    const found = await Promise.all(acknowledged.map(async (id) => (await send('GET', `/Users/${id}`)).status));
    const { body } = await send('GET', '/Users?count=0');
    await server.end('SIGTERM');

    expect(acknowledged.length).toBeGreaterThanOrEqual(150);
    expect(new Set(found)).toEqual(new Set([200]));
    expect(body['totalResults']).toBeGreaterThanOrEqual(acknowledged.length);
  }, 60_000);
});
