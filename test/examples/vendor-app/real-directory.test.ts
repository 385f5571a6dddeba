import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Store } from '../../../examples/vendor-app/store.ts';
import { type Random, randomFrom } from '../../support/fake-directory.ts';
import { runLocalCommand } from '../../support/local-command.ts';
import { temporaryFolder } from '../../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../../support/local-server.ts';
import { heldGroups, heldUsers } from '../../support/vendor-tables.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const TENANT = JSON.parse(readFileSync(join(ROOT, 'tenants', 'example.json'), 'utf8'));
const MAIN = join(ROOT, 'examples', 'vendor-app', 'main.ts');
const CHANGES = 60;
const SERVER_KILLED_AT = 30;
const RESTORED = 'restored@example.com';

function start(variables: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...words], { env: { PATH: process.env['PATH'], ...variables }, stdio: 'ignore' });
  return { child, ended: once(child, 'close') };
}

type Listed = {
  readonly id: string;
  readonly userName?: string;
  readonly displayName?: string;
  readonly active?: boolean;
  readonly members?: readonly { readonly value: string }[];
};

/** Sends requests as a provisioning client does; what is refused, because it came too late, is of no matter. */
function openClient({ tenantUrl, token = '' }: LocalServer) {
  const send = async (method: string, path: string, body?: object) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
    const response = await fetch(`${tenantUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  };
  const list = async (path: string): Promise<readonly Listed[]> => (await send('GET', `${path}?count=1000`)).Resources ?? [];
  const patch = (path: string, ...operations: readonly object[]) =>
    send('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations });
  return { send, list, patch };
}

function randomChanges(client: () => ReturnType<typeof openClient>, random: Random) {
  const send: ReturnType<typeof openClient>['send'] = (...words) => client().send(...words);
  const patch: ReturnType<typeof openClient>['patch'] = (...words) => client().patch(...words);
  const [users, groups]: [string[], string[]] = [[], []];
  const anyOf = (ids: readonly string[]): string => ids[random(Math.max(1, ids.length))] ?? 'nobody';
  const changes = [
    async (index: number) =>
      users.push((await send('POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `user.${index}` })).id),
    async (index: number) =>
      groups.push(
        (await send('POST', '/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: `Group ${index}` })).id,
      ),
    async () => patch(`/Users/${anyOf(users)}`, { op: 'replace', path: 'active', value: random(2) === 0 }),
    async (index: number) => patch(`/Groups/${anyOf(groups)}`, { op: 'replace', path: 'displayName', value: `Renamed ${index}` }),
    async () =>
      patch(`/Groups/${anyOf(groups)}`, { op: 'add', path: 'members', value: users.slice(random(9)).map((value) => ({ value })) }),
    async () => patch(`/Groups/${anyOf(groups)}`, { op: 'remove', path: `members[value eq "${anyOf(users)}"]` }),
    async () => random(3) === 0 && send('DELETE', `/Users/${anyOf(users)}`),
    async () => random(4) === 0 && send('DELETE', `/Groups/${anyOf(groups)}`),
  ];
  return (index: number) => changes[index < 12 ? index % 3 : random(changes.length)]?.(index);
}

/** A file brings back what the directory was before; then somebody is removed, and restored. */
async function bringBack({ send, patch }: ReturnType<typeof openClient>, folder: string): Promise<void> {
  const file = join(folder, 'before.ndjson');
  const { id } = await send('POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: RESTORED });
  const group = await send('POST', '/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: RESTORED });
  const path = `/Groups/${group.id}`;
  await patch(path, { op: 'add', path: 'members', value: [{ value: id }] });
  await runToItsEnd(folder, `export --out ${file}`);
  await patch(path, { op: 'remove', path: 'members' }, { op: 'replace', path: 'displayName', value: 'Renamed' });
  await patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Renamed' });
  await runToItsEnd(folder, `import ${file} --on-conflict replace`);
  await send('DELETE', `/Users/${id}`);
  await runToItsEnd(folder, `user restore ${RESTORED}`);
}

async function runToItsEnd(folder: string, line: string): Promise<void> {
  const { status, err } = await runLocalCommand(folder, line);
  if (status !== 0) throw new TypeError(`${line}: ${err.join('\n')}`);
}

/** As if it had been put away for longer than events are kept. */
function ageCursor(store: Store): void {
  const { cursor = '' } = store.place();
  const position = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  store.run('UPDATE place SET cursor = ?', Buffer.from(JSON.stringify({ ...position, asOfMs: 0 })).toString('base64url'));
}

const inOrder = <Value extends { readonly id: string }>(values: readonly Value[]): readonly Value[] =>
  [...values].sort((one, other) => (one.id < other.id ? -1 : 1));

async function listAll({ list }: ReturnType<typeof openClient>) {
  const [users, groups] = [inOrder(await list('/Users')), inOrder(await list('/Groups'))];
  return {
    users: users.map(({ id, active = true, userName }) => ({ id, active, name: userName })),
    groups: groups.map(({ id, displayName, members = [] }) => ({
      id,
      name: displayName,
      members: members.map(({ value }) => value).sort(),
    })),
  };
}

describe('the vendor application and the local server', () => {
  it.each(['none', 'profile'])('have the same users and groups, with events.values %s, and either of them killed', async (values) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'example.json'), JSON.stringify({ ...TENANT, events: { values } }));
    const startServer = () => startLocalServer(folder.path, { TENANTS_DIR: folder.path });
    let server = await startServer();
    const { token } = server;
    const openNow = () => openClient({ ...server, token });
    const { out } = await runLocalCommand(folder.path, 'token create --scope events');
    const DATABASE = join(folder.path, 'vendor.db');
    const startVendor = (...words: readonly string[]) =>
      start({ TENANT_URL: server.tenantUrl, TOKEN: out.at(-1) ?? '', DATABASE }, ...words);
    const random = randomFrom(9);
    const change = randomChanges(openNow, random);

    for (let index = 0; index < CHANGES; index += 1) {
      const follower = index % 27 === 13 ? startVendor() : undefined;
      await change(index);
      if (index === SERVER_KILLED_AT) {
        await server.end('SIGKILL');
        server = await startServer();
        await bringBack(openNow(), folder.path);
      }
      if (follower === undefined) continue;
      await sleep(200 + random(200));
      follower.child.kill('SIGKILL');
      await follower.ended;
    }
    const { users, groups } = await listAll(openNow());
    const store = new Store(DATABASE);
    const isEqual = () => JSON.stringify([heldUsers(store), heldGroups(store)]) === JSON.stringify([users, groups]);
    for (let attempt = 0; attempt < 20 && !isEqual(); attempt += 1) await startVendor('--once').ended;
    const held = [heldUsers(store), heldGroups(store)];
    ageCursor(store);
    await startVendor('--once').ended;

    expect(held).toEqual([users, groups]);
    expect([store.all('SELECT round FROM place'), heldUsers(store), heldGroups(store)]).toEqual([[{ round: 2 }], users, groups]);
    expect(store.all('SELECT id FROM users WHERE is_live AND profile LIKE ?', '%"meta"%').length > 0).toBe(values === 'none');
    expect(groups).toContainEqual(expect.objectContaining({ name: RESTORED, members: [expect.any(String)] }));
    store.close();
    await server.end('SIGTERM');
  });
});
