import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { type Administration, administrationOf } from '../../scripts/smoke/administration.ts';
import { scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** `npm run smoke` as a process of its own, whose progress is watched. */
function startSmoke(dataFolder: string, ...words: readonly string[]) {
  const child = spawn(process.execPath, [join('scripts', 'smoke.ts'), '--local', ...words], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode, printed }));
  return { child, ended };
}

/** A server with somebody in it, and an application that is nearly called as those of the suite. */
async function inUse(dataFolder: string) {
  const server = await startLocalServer(dataFolder);
  const administration = administrationOf({ kind: 'local', keyFile: join(dataFolder, 'admin.json') });
  const request = { act: 'app.create', application: 'smoke-tester', title: 'Smoke Tester Ltd' } as const;
  await administration.ask({ request, expect: z.unknown() });
  const token = { act: 'token.create', application: 'smoke-tester', name: 'theirs' } as const;
  const theirs = scimClient(server, (await administration.ask({ request: token, expect: z.object({ token: z.string() }) })).token);
  for (const userName of ['ada@example.com', 'smoke-tester.bob@example.com']) await theirs('POST', '/Users', { schemas: [USER], userName });
  return { server, administration, inventory: () => inventoryOf(administration) };
}

const listsSchema = z.object({ applications: z.optional(z.unknown()), resources: z.optional(z.unknown()), total: z.optional(z.unknown()) });

/** Applications, live and removed users and groups. */
async function inventoryOf({ ask }: Administration): Promise<string> {
  const requests = [
    { act: 'app.list' },
    { act: 'resource.list', type: 'User' },
    { act: 'resource.list', type: 'Group' },
    { act: 'resource.removed', type: 'User' },
    { act: 'resource.removed', type: 'Group' },
  ] as const;
  const lists = await Promise.all(requests.map((request) => ask({ request, expect: listsSchema })));
  return JSON.stringify(lists);
}

/** Waits until the suite has created so many users. */
async function untilCreated(administration: Administration, count: number): Promise<void> {
  const request = { act: 'resource.list', type: 'User' } as const;
  const expected = z.object({ resources: z.array(z.unknown()) });
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await administration.ask({ request, expect: expected })).resources.length >= count) return;
    await setTimeout(25);
  }
  throw new TypeError('the suite has created nobody');
}

describe('npm run smoke on a server in use', () => {
  it('takes everything of its own away when it is interrupted in the middle, however often it is told, and nothing else', async () => {
    await using folder = await temporaryFolder();
    const { server, administration, inventory } = await inUse(folder.path);
    const before = await inventory();

    const smoke = startSmoke(folder.path, '--at-once', '8');
    await untilCreated(administration, 6);
    // A terminal tells the whole process group, and npm tells its child once more.
    smoke.child.kill('SIGINT');
    await setTimeout(20);
    smoke.child.kill('SIGINT');
    const { code, signal, printed } = await smoke.ended;
    const after = await inventory();
    await server.end('SIGTERM');

    expect(printed).toContain('Interrupted by SIGINT');
    expect({ code, signal }).toEqual({ code: 2, signal: null });
    expect(after).toBe(before);
  }, 60_000);

  it('says what it would do, and takes away what a killed run has left, and nothing of an application called nearly so', async () => {
    await using folder = await temporaryFolder();
    const { server, administration, inventory } = await inUse(folder.path);
    const before = await inventory();
    const killed = startSmoke(folder.path, '--only', 'entra/');
    await untilCreated(administration, 4);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const left = await inventory();

    const dry = await startSmoke(folder.path, '--dry-run').ended;
    const afterDry = await inventory();
    const cleaned = await startSmoke(folder.path, '--clean').ended;
    const again = await startSmoke(folder.path, '--clean').ended;
    const after = await inventory();
    await server.end('SIGTERM');

    expect(left).not.toBe(before);
    expect(dry.printed).toMatch(/^Would send \d+ requests of 1\d\d conversations to http/);
    expect(dry.printed.match(/^Left behind .*$/gm)).toEqual([expect.stringMatching(/: smoke-[0-9a-z]{6}; --clean/)]);
    expect(afterDry).toBe(left);
    expect(cleaned).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^smoke-\w{6}: [1-9]\d* users and groups purged, application deleted\n$/),
    });
    expect(again.printed).toBe('Nothing was left behind.\n');
    expect(after).toBe(before);
  }, 60_000);
});
