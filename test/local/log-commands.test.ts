import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCommand } from '../support/command-process.ts';
import { scimClient, USER } from '../support/local-client.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

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

const create = (userName: string) => scimClient(server, server.token ?? '')('POST', '/Users', { schemas: [USER], userName });

describe('the log of the local server', () => {
  it('explains the error text that an administrator was shown', async () => {
    await create('ada');
    const { body } = await create('Ada');

    const { status, out } = await runLocalCommand(folder.path, `explain ${String(body['detail']).match(/\(request (.*)\)/)?.[1]}`);

    expect(status).toBe(0);
    expect(out).toContainEqual(expect.stringMatching(/^Asked +POST \/Users: create User \("Ada"\)$/));
    expect(out).toContainEqual(expect.stringMatching(/^Cause +Another resource has this userName/));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'is followed until %s, with what fails alone',
    async (signal) => {
      const surroundings = { dataFolder: folder.path, tenantsFolder: folder.path };
      const { child, ended } = startCommand(['logs', '--local', '--follow', '--errors', '--json'], surroundings);
      const first = once(child.stdout, 'data');
      const sending = setInterval(() => void create('ada'), 200);

      await first;
      clearInterval(sending);
      child.kill(signal);
      const { status, out, err } = await ended;

      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ event: 'request', refusal: 'uniqueness', subject: 'ada' });
    },
    30_000,
  );
});
