import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { startWorker } from '../../local/background/worker.ts';
import { GROUP, scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

type Line = Readonly<Record<string, unknown>>;

/** Waits for a line of the functions' log. */
async function lineOf(folder: string, isWanted: (line: Line) => boolean): Promise<Line> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const text = await readFile(join(folder, 'scim.log'), 'utf8').catch(() => '');
    const lines: readonly Line[] = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    const found = lines.find(isWanted);
    if (found !== undefined) return found;
    await pause(50);
  }
  throw new Error('the line never came');
}

type Client = ReturnType<typeof scimClient>;

/** A group with a member, and then without the group. */
async function removeGroup(send: Client, name: string): Promise<string> {
  const { body: user } = await send('POST', '/Users', { schemas: [USER], userName: name });
  const { body: group } = await send('POST', '/Groups', { schemas: [GROUP], displayName: name, members: [{ value: user['id'] }] });
  await send('DELETE', `/Groups/${group['id']}`);
  return String(group['id']);
}

const isSweepOf =
  (id: string) =>
  ({ event, work, resourceId, rows }: Line): boolean =>
    event === 'work' && work === 'sweep' && resourceId === id && rows === 1;

describe('what requests leave', () => {
  it('is done while the server runs', async () => {
    await using folder = await temporaryFolder();
    const server = await startLocalServer(folder.path);

    const id = await removeGroup(scimClient(server, server.token ?? ''), 'swept soon');
    const line = await lineOf(folder.path, isSweepOf(id));
    await server.end('SIGTERM');

    expect(line).toMatchObject({ tenant: 'example', resourceType: 'Group', left: 1 });
  }, 60_000);

  it('is found by the next start when the server was killed', async () => {
    await using folder = await temporaryFolder();
    const server = await startLocalServer(folder.path);

    const id = await removeGroup(scimClient(server, server.token ?? ''), 'swept later');
    await server.end('SIGKILL');
    const next = await startLocalServer(folder.path);
    await lineOf(folder.path, isSweepOf(id));
    await next.end('SIGTERM');

    expect(next.isRunning()).toBe(false);
  }, 60_000);
});

describe('the worker', () => {
  const message = (id: string) => ({ id, body: id, delaySeconds: 0 });

  it('tries again what fails, and gives up in the end', async () => {
    const tries: string[] = [];
    const givenUp = Promise.withResolvers<unknown>();
    const invoke = async ({ id }: { readonly id: string }) => {
      tries.push(id);
      if (id === 'bad' || tries.length === 1) throw new TypeError(id);
    };
    const worker = startWorker({ invoke, onGivenUp: givenUp.resolve, firstPauseMs: 1 });

    worker.deliver(message('once'));
    worker.deliver(message('bad'));

    await expect(givenUp.promise).resolves.toMatchObject({ message: 'bad' });
    await worker.close();
    expect(tries.filter((id) => id === 'bad')).toHaveLength(5);
    expect(tries.filter((id) => id === 'once')).toHaveLength(2);
  });

  it('waits at its end for what is under way, and begins nothing else', async () => {
    const underWay = Promise.withResolvers<void>();
    const begun: string[] = [];
    const invoke = async ({ id }: { readonly id: string }) => {
      begun.push(id);
      await underWay.promise;
    };
    const worker = startWorker({ invoke, onGivenUp: () => {} });
    for (let id = 0; id < 7; id += 1) worker.deliver(message(String(id)));
    while (begun.length < 5) await pause(1);

    let isClosed = false;
    const closing = worker.close().then(() => {
      isClosed = true;
    });
    await pause(5);
    const wasClosed = isClosed;
    underWay.resolve();
    await closing;

    expect(wasClosed).toBe(false);
    expect(begun).toHaveLength(5);
  });
});
