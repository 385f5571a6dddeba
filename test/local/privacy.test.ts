import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GROUP, patchOf, type ScimClient, scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { sendHttp } from '../support/local-http.ts';
import { startLocalServer } from '../support/local-server.ts';

/** Each place a client can put something personal gets a canary of its own, so that a leak names its source. */
const canary = (place: string): string => `Canary${place}`;

/** Files that hold the data itself; everything else in the folder is a log or of no concern to clients. */
const DATA_FILES = new Set([
  ...['store.db', 'background.db'].flatMap((file) => [file, `${file}-wal`, `${file}-shm`]),
  'secrets.json',
  'admin.json',
  'access-key.json',
]);

async function logged(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => !DATA_FILES.has(file));
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

/** Puts a canary wherever a request that succeeds may hold something personal. */
async function provision(send: ScimClient): Promise<void> {
  const answers = [
    await send('POST', '/Users', {
      schemas: [USER],
      userName: 'bjensen',
      externalId: canary('ExternalId'),
      name: { familyName: canary('FamilyName') },
      emails: [{ type: 'work', value: `${canary('Email')}@example.com` }],
      phoneNumbers: [{ value: canary('Phone') }],
      password: canary('Password'),
      somethingElse: canary('UnknownAttribute'),
    }),
  ];
  const id = String(answers[0]?.body['id']);
  const valuePath = `emails[value eq "${canary('Email')}@example.com"].value`;
  answers.push(
    await send('PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: 'title', value: canary('Title') })),
    await send('PATCH', `/Users/${id}`, patchOf({ op: 'replace', path: valuePath, value: `${canary('PathValue')}@example.com` })),
    await send('PUT', `/Users/${id}`, { schemas: [USER], userName: 'bjensen', nickName: canary('NickName') }),
    await send('POST', '/Groups', { schemas: [GROUP], displayName: 'Guides', members: [{ value: id, display: canary('MemberDisplay') }] }),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 201]);
}

/** Puts one wherever a request that is refused may. */
async function blunder(send: ScimClient, tenantUrl: string): Promise<void> {
  await send('GET', `/Users?filter=${encodeURIComponent(`userName eq "${canary('Filter')}"`)}`);
  await send('GET', `/Users?filter=${canary('BadFilter')}`);
  await send('PATCH', `/Users/${canary('PatchId')}`, patchOf({ op: 'replace', path: canary('BadPath'), value: canary('BadValue') }));
  await send('GET', `/Users?${canary('Parameter')}=%`);
  await send('GET', `/Users/${canary('Id')}`);
  await send('GET', `/${canary('Path')}`);
  await send('POST', '/Users', `{"userName":"${canary('BadJson')}`);
  await send('POST', '/Users', { schemas: [USER], userName: 7, title: canary('RefusedBody') });
  await send('GET', '/Users', undefined, { Authorization: `Bearer ${canary('Token')}` });
  await send('GET', '/Users', undefined, { 'User-Agent': canary('UserAgent') });
  await sendHttp({
    method: 'POST',
    url: new URL('/.admin', tenantUrl).href,
    headers: { authorization: canary('AdminKey') },
    body: canary('AdminBody'),
  });
  await sendHttp({ method: 'GET', url: new URL(`/${canary('Stage')}`, tenantUrl).href });
}

describe('what the server prints and logs', () => {
  it('holds no token, no query string, and nothing personal but the subject', async () => {
    await using folder = await temporaryFolder();
    const server = await startLocalServer(folder.path, { LOG: '1' });
    const token = server.token ?? '';
    const send = scimClient(server, token);

    await provision(send);
    await blunder(send, server.tenantUrl);
    const { printed } = await server.end('SIGTERM');
    const log = await logged(folder.path);

    expect(`${printed}\n${log}`.match(/Canary\w*/g) ?? []).toEqual([]);
    expect(printed.split(token)).toHaveLength(2);
    expect(log).not.toContain(token);
    expect(log.match(/"subject":"bjensen"/g)?.length).toBeGreaterThanOrEqual(3);
    expect(printed).toMatch(/^404 GET +\/Users\/\{id\} \d+ ms$/m);
  }, 30_000);
});
