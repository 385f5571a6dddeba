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

function randomChanges({ send, patch }: ReturnType<typeof openClient>, random: Random) {
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

const inOrder = <Value extends { readonly id: string }>(values: readonly Value[]): readonly Value[] =>
  [...values].sort((one, other) => (one.id < other.id ? -1 : 1));

describe('the vendor application and the local server', () => {
  it.each(['none', 'profile'])('have the same users and groups, with events.values %s and the application killed', async (values) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'example.json'), JSON.stringify({ ...TENANT, events: { values } }));
    const server = await startLocalServer(folder.path, { TENANTS_DIR: folder.path });
    const client = openClient(server);
    const { out } = await runLocalCommand(folder.path, 'token create --scope events');
    const variables = { TENANT_URL: server.tenantUrl, TOKEN: out.at(-1) ?? '', DATABASE: join(folder.path, 'vendor.db') };
    const random = randomFrom(9);
    const change = randomChanges(client, random);

    for (let index = 0; index < CHANGES; index += 1) {
      const follower = index % 27 === 13 ? start(variables) : undefined;
      await change(index);
      if (follower === undefined) continue;
      await sleep(200 + random(200));
      follower.child.kill('SIGKILL');
      await follower.ended;
    }
    const expectedUsers = inOrder(await client.list('/Users')).map(({ id, active = true, userName }) => ({ id, active, name: userName }));
    const expectedGroups = inOrder(await client.list('/Groups')).map(({ id, displayName, members = [] }) => ({
      id,
      name: displayName,
      members: members.map(({ value }) => value).sort(),
    }));
    const store = new Store(variables.DATABASE);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await start(variables, '--once').ended;
      if (JSON.stringify([heldUsers(store), heldGroups(store)]) === JSON.stringify([expectedUsers, expectedGroups])) break;
    }

    expect(heldUsers(store)).toEqual(expectedUsers);
    expect(heldGroups(store)).toEqual(expectedGroups);
    expect(store.all('SELECT id FROM users WHERE is_live AND profile LIKE ?', '%"meta"%').length > 0).toBe(values === 'none');
    expect(expectedGroups.flatMap(({ members }) => members).length).toBeGreaterThan(0);
    store.close();
    await server.end('SIGTERM');
  });
});
