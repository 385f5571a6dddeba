import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXAMPLES, readExample } from '../support/custom-registry.ts';
import { patchOf, type ScimClient, scimClient, USER } from '../support/local-client.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

const INFOR = 'urn:ietf:params:scim:schemas:extension:infor:2.0:User';
const DEVICE = 'urn:example:params:scim:schemas:core:1.0:Device';

let folder: TemporaryFolder;
let server: LocalServer;
let token: string;
let send: ScimClient;

const scim = (line: string) => runLocalCommand(folder.path, line);

/** Starts the server anew, so that its functions read the schemas at once and not within 30 seconds. */
async function restart(): Promise<void> {
  await server?.end('SIGTERM');
  server = await startLocalServer(folder.path);
  token = server.token ?? token;
  send = scimClient(server, token);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await restart();
}, 30_000);

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
}, 30_000);

describe('the life of a schema, by command and over HTTP', () => {
  it('goes from a file to the endpoint, and back out of it once it holds nothing', async () => {
    const applied = await scim(`schema apply ${join(EXAMPLES, 'infor-user.json')}`);
    await scim(`schema apply ${join(EXAMPLES, 'device.json')}`);
    const user = await send('POST', '/Users', { schemas: [USER], userName: 'ada', [INFOR]: { lnUser: 'ada' } });
    const device = await send('POST', '/Devices', { schemas: [DEVICE], serialNumber: 'SN-1', ports: 2 });
    const path = `/Users/${user.body['id']}`;
    const patched = await send('PATCH', path, patchOf({ op: 'add', path: `${INFOR}:actorId`, value: '1' }));
    const found = await send('GET', `/Users?filter=${encodeURIComponent(`${INFOR}:actorId eq "1"`)}`);
    const sorted = await send('GET', '/Devices?sortBy=ports');

    expect(applied).toMatchObject({ status: 0, err: ['It is in effect within 30 seconds.'] });
    expect((await send('GET', `/Schemas/${INFOR}`)).body).toMatchObject({ id: INFOR });
    expect(patched.body[INFOR]).toEqual({ lnUser: 'ada', actorId: '1' });
    expect([found.body['totalResults'], sorted.body['totalResults']]).toEqual([1, 1]);

    expect(await changedType('userAlias', 'integer')).toMatchObject({ status: 0 });
    expect(await changedType('lnUser', 'integer')).toMatchObject({
      status: 1,
      err: [expect.stringContaining('lnUser: stored values do not fit')],
    });
    expect(await scim(`schema remove ${INFOR}`)).toMatchObject({ status: 1, err: [expect.stringContaining(String(user.body['id']))] });
    expect(await scim(`schema remove ${DEVICE}`)).toMatchObject({ status: 1, err: [expect.stringContaining('delete them first')] });

    await send('PATCH', path, patchOf({ op: 'remove', path: INFOR }));
    await send('DELETE', `/Devices/${device.body['id']}`);
    expect(await scim(`schema remove ${INFOR}`)).toMatchObject({ status: 0 });
    expect(await scim(`schema remove ${DEVICE}`)).toMatchObject({ status: 0 });

    await restart();
    expect((await send('GET', `/Schemas/${INFOR}`)).status).toBe(404);
    expect((await send('GET', '/Devices')).status).toBe(404);
    expect((await send('GET', path)).body).toMatchObject({ schemas: [USER], userName: 'ada' });
  }, 60_000);
});

/** Applies the example with one attribute of another type; only shows what would change. */
async function changedType(name: string, type: string) {
  const text = JSON.stringify(readExample('infor-user.json'), (_key, value) => (value?.name === name ? { ...value, type } : value));
  const file = join(folder.path, 'changed.json');
  await writeFile(file, text);
  return scim(`schema apply ${file} --dry-run`);
}
