import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GROUP, type ScimClient, scimClient, USER } from '../support/local-client.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PATIENCE_MS = 60_000;

let folder: TemporaryFolder;
let servers: readonly LocalServer[];

const pathOf = (name: string): string => join(folder.path, name);

/** So large that an export of them all takes several pages. */
const certificates = Array.from({ length: 14 }, (_, index) => ({ value: String.fromCharCode(65 + index).repeat(16_000) }));

async function fill(send: ScimClient): Promise<void> {
  const ids: unknown[] = [];
  for (let index = 0; index < 40; index += 1) {
    const { body } = await send('POST', '/Users', {
      schemas: [USER],
      userName: `user.${index}`,
      externalId: `e${index}`,
      ...(index < 30 && { x509Certificates: certificates }),
    });
    ids.push(body['id']);
  }
  await send('POST', '/Groups', { schemas: [GROUP], displayName: 'All', members: ids.map((value) => ({ value })) });
  await send('PATCH', `/Users/${ids[0]}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'active', value: false }],
  });
}

/** Runs a command in a process of its own and kills it as soon as the moment has come; says whether it came to its end before. */
async function runAndKill(dataFolder: string, words: readonly string[], moment: () => Promise<boolean>): Promise<boolean> {
  const child = spawn(process.execPath, [join('cli', 'main.ts'), ...words, '--local'], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataFolder },
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  const until = Date.now() + PATIENCE_MS;
  while (child.exitCode === null && !(await moment()) && Date.now() < until) await setTimeout(5);
  child.kill('SIGKILL');
  await ended;
  return child.exitCode !== null;
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

beforeAll(async () => {
  folder = await temporaryFolder();
  servers = await Promise.all(['from', 'to'].map((name) => startLocalServer(pathOf(name))));
  const [server] = servers;
  if (server) await fill(scimClient(server, server.token ?? ''));
}, 120_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  await folder[Symbol.asyncDispose]();
}, 30_000);

describe('a directory that is moved by commands', () => {
  it('comes out whole when the export is killed and goes on, and goes in whole when the import is killed and run again', async () => {
    const [whole, killed, again] = [pathOf('whole.ndjson'), pathOf('killed.ndjson'), pathOf('again.ndjson')];
    const exported = await runLocalCommand(pathOf('from'), `export --out ${whole}`);
    const isOver = await runAndKill(pathOf('from'), ['export', '--out', killed], async () => (await sizeOf(killed)) > 0);
    const sizeWhenKilled = await sizeOf(killed);
    const resumed = await runLocalCommand(pathOf('from'), `export --out ${killed} --resume`);
    const [server] = servers.slice(1);
    const target = server && scimClient(server, server.token ?? '');
    const hasBegun = async () => Number((await target?.('GET', '/Users?count=0'))?.body['totalResults']) > 3;

    const isImportOver = await runAndKill(pathOf('to'), ['import', killed], hasBegun);
    const imported = await runLocalCommand(pathOf('to'), `import ${killed} --json`);
    const moved = await runLocalCommand(pathOf('to'), `export --out ${again}`);

    expect([exported.status, resumed.status, imported.status, moved.status]).toEqual([0, 0, 0, 0]);
    expect([isOver, isImportOver]).toEqual([false, false]);
    expect(sizeWhenKilled).toBeLessThan(await sizeOf(whole));
    expect((await readFile(killed)).equals(await readFile(whole))).toBe(true);
    expect(JSON.parse(imported.out[0] ?? '')).toMatchObject({ refused: [], unknown: [], counts: { same: expect.any(Number) } });
    expect((await readFile(again)).equals(await readFile(whole))).toBe(true);
  }, 180_000);

  it('goes on wherever the file was cut off, and never writes over one unasked', async () => {
    const [whole, cut] = [pathOf('whole.ndjson'), pathOf('cut.ndjson')];
    await runLocalCommand(pathOf('from'), `export --out ${cut}`);
    const size = await sizeOf(whole);

    for (const at of [size - 1, size - 100, 4_000_000, 130, 20]) {
      await truncate(cut, at);
      const refused = await runLocalCommand(pathOf('from'), `export --out ${cut}`);
      const broken = await runLocalCommand(pathOf('to'), `import ${cut}`);
      const resumed = await runLocalCommand(pathOf('from'), `export --out ${cut} --resume`);

      expect(refused).toMatchObject({ status: 2, err: [expect.stringContaining('--resume')] });
      expect(broken).toMatchObject({ status: 1, err: [expect.stringMatching(/broke off|is empty/)] });
      expect(resumed.status).toBe(0);
      expect((await readFile(cut)).equals(await readFile(whole))).toBe(true);
    }
    const complete = await runLocalCommand(pathOf('from'), `export --out ${cut}`);
    expect(complete).toMatchObject({ status: 2, err: [expect.stringContaining('complete')] });
  }, 180_000);
});
