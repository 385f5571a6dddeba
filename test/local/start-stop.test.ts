import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { DataFolder } from '../../local/data-folder.ts';
import { findStore } from '../../local/running-stores.ts';
import { openStore } from '../../local/store-process.ts';
import { scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { sendHttp } from '../support/local-http.ts';
import { interruptLocalServer, NPM_START, runLocalServer, startLocalServer } from '../support/local-server.ts';

const STARTS_AND_STOPS_MS = 30_000;
const STOPS_WITHIN_MS = 4_000;

describe('npm start', () => {
  it(
    'prints where to connect and with what, once, and keeps both over a stop and a start',
    async () => {
      await using folder = await temporaryFolder();

      const first = await startLocalServer(folder.path);
      const send = scimClient(first, first.token ?? '');
      const { status, body } = await send('POST', '/Users', { schemas: [USER], userName: 'bjensen' });
      const stoppedAt = Date.now();
      const stopped = await first.end('SIGTERM');
      const stoppedAfterMs = Date.now() - stoppedAt;
      const storeLeft = await findStore(join(folder.path, 'store.db'));
      const port = new URL(first.tenantUrl).port;
      const second = await startLocalServer(folder.path, { PORT: port });
      const again = await scimClient(second, first.token ?? '')('GET', `/Users/${body['id']}`);
      await second.end('SIGTERM');

      expect(first.tenantUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/example\/scim\/v2$/);
      expect(first.token).toMatch(/^scim_/);
      expect(status).toBe(201);
      expect(stopped.code).toBe(0);
      expect(stoppedAfterMs).toBeLessThan(STOPS_WITHIN_MS);
      expect(storeLeft).toBeUndefined();
      expect(second.printed()).not.toContain('Secret Token');
      expect(again.body).toEqual(body);
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'after a SIGKILL takes over the store that was left, with its data and tokens',
    async () => {
      await using folder = await temporaryFolder();
      const database = join(folder.path, 'store.db');

      const first = await startLocalServer(folder.path);
      const { body } = await scimClient(first, first.token ?? '')('POST', '/Users', { schemas: [USER], userName: 'bjensen' });
      await first.end('SIGKILL');
      const left = await findStore(database);
      const second = await startLocalServer(folder.path);
      const running = await findStore(database);
      const { status } = await scimClient(second, first.token ?? '')('GET', `/Users/${body['id']}`);
      await second.end('SIGINT');
      const storeLeft = await findStore(database);

      expect(left).toBeDefined();
      expect(running).toEqual(left);
      expect(status).toBe(200);
      expect(second.token).toBeUndefined();
      expect(storeLeft).toBeUndefined();
    },
    STARTS_AND_STOPS_MS,
  );

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'takes its server with it when npm gets a %s, and can be followed by another at once',
    async (signal) => {
      await using folder = await temporaryFolder();

      const first = await startLocalServer(folder.path, {}, NPM_START);
      const { body } = await scimClient(first, first.token ?? '')('POST', '/Users', { schemas: [USER], userName: 'bjensen' });
      void first.end(signal);
      const second = await startLocalServer(folder.path, { PORT: new URL(first.tenantUrl).port }, NPM_START);
      const { status } = await scimClient(second, first.token ?? '')('GET', `/Users/${body['id']}`);
      await second.end(signal);

      expect(status).toBe(200);
      expect(await findStore(join(folder.path, 'store.db'))).toBeUndefined();
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'stops with its store when it is told so twice: by a terminal, and by the npm that passes it on',
    async () => {
      await using folder = await temporaryFolder();

      const server = await startLocalServer(folder.path);
      const ended = server.end('SIGINT');
      await pause(20);
      void server.end('SIGINT');

      expect((await ended).code).toBe(0);
      expect(await findStore(join(folder.path, 'store.db'))).toBeUndefined();
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'says so and ends when its store has ended by itself',
    async () => {
      await using folder = await temporaryFolder();

      const server = await startLocalServer(folder.path);
      const store = await findStore(join(folder.path, 'store.db'));
      process.kill(store?.pid ?? 0, 'SIGKILL');
      const { code, printed } = await server.ended;

      expect(code).toBe(1);
      expect(printed).toContain('has ended by itself');
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'that is asked to stop while it is still starting leaves nothing behind',
    async () => {
      await using folder = await temporaryFolder();
      const database = join(folder.path, 'store.db');

      const { code } = await interruptLocalServer(folder.path, async () => {
        for (let tries = 0; tries < 1_000 && (await findStore(database)) === undefined; tries += 1) await pause(1);
      });

      expect(code).toBe(0);
      expect(await findStore(database)).toBeUndefined();
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'refuses a folder, and a port, that another server has, and leaves that one alone',
    async () => {
      await using folder = await temporaryFolder();
      await using other = await temporaryFolder();
      const server = await startLocalServer(folder.path);
      const { port } = new URL(server.tenantUrl);

      const sameFolder = await runLocalServer(folder.path);
      const samePort = await runLocalServer(other.path, { PORT: port });
      const { status } = await scimClient(server, server.token ?? '')('GET', '/Users');
      await server.end('SIGTERM');

      expect(sameFolder.code).toBe(1);
      expect(sameFolder.printed).toContain(`The data folder ${folder.path} is in use by another server`);
      expect(sameFolder.printed).toContain(server.tenantUrl);
      expect(samePort.code).toBe(1);
      expect(samePort.printed).toContain(`Port ${port} is in use.`);
      expect(samePort.printed).not.toContain('    at ');
      expect(status).toBe(200);
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'says in one line what is wrong with a setting',
    async () => {
      await using folder = await temporaryFolder();

      const tenant = await runLocalServer(folder.path, { TENANT: 'nobody' });
      const port = await runLocalServer(folder.path, { PORT: 'http' });
      const store = await runLocalServer(folder.path, { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' });

      expect(tenant).toMatchObject({ code: 1, printed: expect.stringMatching(/^There is no tenants\/nobody\.json\..*\n$/) });
      expect(port).toMatchObject({ code: 1, printed: expect.stringMatching(/^PORT takes .*\n$/) });
      expect(store).toMatchObject({ code: 1, printed: expect.stringMatching(/^The DynamoDB at http:.* \(ECONNREFUSED\).*\n$/) });
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'uses the store of DYNAMODB_ENDPOINT and starts none of its own',
    async () => {
      await using elsewhere = await temporaryFolder();
      await using folder = await temporaryFolder();
      const store = await openStore(dataFolderAt(elsewhere.path));

      const server = await startLocalServer(folder.path, { DYNAMODB_ENDPOINT: store.endpoint });
      const { status } = await scimClient(server, server.token ?? '')('POST', '/Users', { schemas: [USER], userName: 'bjensen' });
      const own = await findStore(join(folder.path, 'store.db'));
      await server.end('SIGTERM');
      const external = await findStore(join(elsewhere.path, 'store.db'));
      await store.close();

      expect(status).toBe(201);
      expect(own).toBeUndefined();
      expect(external).toBeDefined();
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'serves the URL shape of the chosen tenant, and names the public address in what it answers',
    async () => {
      await using folder = await temporaryFolder();
      const server = await startLocalServer(folder.path, { TENANT: 'inforsts-tst', PUBLIC_URL: 'https://tunnel.example/' });
      const { url } = JSON.parse(await readFile(join(folder.path, 'admin.json'), 'utf8'));
      const here = { tenantUrl: `${new URL(url).origin}/INFORSTS_TST/v2/scim` };

      const { status, headers, body } = await scimClient(here, server.token ?? '')('POST', '/Users', {
        schemas: [USER],
        userName: 'bjensen',
      });
      await server.end('SIGTERM');

      expect(server.tenantUrl).toBe('https://tunnel.example/INFORSTS_TST/v2/scim');
      expect(status).toBe(201);
      expect(headers['location']).toBe(`https://tunnel.example/INFORSTS_TST/v2/scim/Users/${body['id']}`);
    },
    STARTS_AND_STOPS_MS,
  );

  it(
    'lets whoever reads its key file administer it, as long as it runs',
    async () => {
      await using folder = await temporaryFolder();
      const file = join(folder.path, 'admin.json');
      const server = await startLocalServer(folder.path);
      const { url, key } = JSON.parse(await readFile(file, 'utf8'));
      const { mode } = await stat(file);

      const { text } = await sendHttp({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ act: 'token.list', by: 'test' }),
      });
      await server.end('SIGTERM');

      expect(mode & 0o777).toBe(0o600);
      expect(JSON.parse(text)).toMatchObject({ ok: true, result: { credentials: [{ name: 'first start', status: 'live' }] } });
      await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    },
    STARTS_AND_STOPS_MS,
  );
});

const dataFolderAt = (path: string): DataFolder => ({
  path,
  pathOf: (file) => join(path, file),
  lock: { describe: async () => {}, release: () => {} },
});
