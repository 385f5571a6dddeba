import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBackgroundFile } from '../../local/background/background-file.ts';
import { DEAD_LETTERS } from '../../local/background/dead-letters.ts';
import type { Json } from '../../src/scim/json.ts';
import { startCommand } from '../support/command-process.ts';
import { GROUP, scimClient, USER } from '../support/local-client.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const STRANGE = 'no message of this service';
const LOOKS = 100;
/** What the command waits for would come after 20 s. */
const SHORTER_THAN_A_WAIT_MS = 10_000;

let folder: TemporaryFolder;
let server: LocalServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startLocalServer(folder.path);
});

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
});

const send = (method: string, path: string, body?: Json) => scimClient(server, server.token ?? '')(method, path, body);

const scim = (line: string) => runLocalCommand(folder.path, line);

type Told = { readonly type: string; readonly version: number; readonly resourceId: string; readonly requestId?: string };

const toldIn = (lines: readonly string[]): readonly Told[] => lines.map((line) => JSON.parse(line));

/** Looks again and again until so many events are told that a line asks for. */
async function told(line: string, count: number): Promise<readonly Told[]> {
  for (let look = 1; ; look += 1) {
    const { out } = await scim(`${line} --json`);
    if (out.length >= count || look === LOOKS) return toldIn(out);
    await pause(100);
  }
}

describe('the feed of the local server', () => {
  it('is followed until Ctrl-C, which ends it at once', async () => {
    const surroundings = { dataFolder: folder.path, tenantsFolder: folder.path };
    const { child, ended } = startCommand(['events', 'tail', '--local', '--since', '1h', '--json'], surroundings);
    const lines: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString('utf8').trim().split('\n')));
    const { body } = await send('POST', '/Users', { schemas: [USER], userName: 'ada' });
    await until(() => lines.length === 1);
    const changed = await send('PATCH', `/Users/${body['id']}`, {
      schemas: [PATCH],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    });
    await until(() => lines.length === 2);

    child.kill('SIGINT');
    const exit = await Promise.race([ended, pause(SHORTER_THAN_A_WAIT_MS, undefined, { ref: false })]);

    expect(exit).toMatchObject({ status: 0, err: '' });
    expect(toldIn(lines)).toMatchObject([
      { type: 'user.created', version: 1, resourceId: body['id'] },
      { type: 'user.deactivated', version: 2, paths: ['active'], active: false, requestId: changed.headers['x-request-id'] },
    ]);
  }, 60_000);

  it('tells of a user what became of it, in the order of its changes', async () => {
    const { body } = await send('POST', '/Users', { schemas: [USER], userName: 'bob' });
    const id = String(body['id']);
    await send('POST', '/Groups', { schemas: [GROUP], displayName: 'Staff', members: [{ value: id }] });
    await send('PATCH', `/Users/${id}`, { schemas: [PATCH], Operations: [{ op: 'add', path: 'title', value: 'Chief' }] });
    await send('DELETE', `/Users/${id}`);

    const events = await told(`events replay --user ${id}`, 4);

    expect(events.map(({ type }) => type)).toEqual(['user.created', 'members.added', 'user.updated', 'user.removed']);
    expect(events.filter(({ resourceId }) => resourceId === id).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(JSON.stringify(events)).not.toContain('bob');
  });

  it('tells again what a user is, in the place that its order has for that', async () => {
    const { body } = await send('POST', '/Users', { schemas: [USER], userName: 'cyd' });
    await told(`events replay --user ${body['id']}`, 1);

    const { out } = await scim('events announce --user cyd');
    const events = await told(`events replay --user ${body['id']}`, 2);

    expect(out).toEqual(['1 resource will be told of again, within minutes.']);
    expect(events).toMatchObject([
      { type: 'user.created', version: 1 },
      { type: 'user.snapshot', version: 1 },
    ]);
  });

  it('has what was put aside done again, and leaves what is not of this service', async () => {
    const { body } = await send('POST', '/Users', { schemas: [USER], userName: 'dan' });
    await told(`events replay --user ${body['id']}`, 1);
    putAside(JSON.stringify({ kind: 'announce', type: 'User', id: body['id'] }), STRANGE);

    const waiting = await scim('events status');
    const { out } = await scim('events redrive');
    const events = await told(`events replay --user ${body['id']}`, 2);

    expect(waiting.out).toContainEqual('Put aside    2: see why they failed, then "scim events redrive"');
    expect(out).toEqual([
      '1 message went back to be done: announce 1.',
      '1 message is not of this service and stays: look into the queue of dead letters.',
    ]);
    expect(events.map(({ type }) => type)).toEqual(['user.created', 'user.snapshot']);
    expect((await scim('events status')).out).toContainEqual('Put aside    1: see why it failed, then "scim events redrive"');
  });

  it('has no bus to send events to', async () => {
    const { status, err } = await scim('events replay --publish');

    expect({ status, err }).toEqual({ status: 1, err: [expect.stringMatching(/^There is no event bus here/)] });
  });
});

/** As the function of the stream, or the queue, puts messages aside. */
function putAside(...bodies: readonly string[]): void {
  const file = openBackgroundFile(join(folder.path, 'background.db'));
  for (const body of bodies) file.keep(DEAD_LETTERS, { id: `test ${body}`, body, delaySeconds: 0 });
  file.close();
}

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; !isSo() && look < LOOKS; look += 1) await pause(100);
}
