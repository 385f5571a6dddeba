import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { scimClient, USER } from '../support/local-client.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

let folder: TemporaryFolder;
let server: LocalServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startLocalServer(folder.path);
}, 30_000);

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
}, 30_000);

const scim = (line: string) => runLocalCommand(folder.path, line);
const lastUseOf = async (id: string): Promise<string | undefined> => {
  const { credentials } = JSON.parse((await scim('token list --json')).out.join(''));
  return credentials.find((credential: { readonly id: string }) => credential.id === id)?.lastUsedAt;
};

it('a token that is made by command is accepted by the running server, and seen in use', async () => {
  const { token, credential } = JSON.parse((await scim('token create --json')).out.join(''));
  const send = scimClient(server, token);
  expect(await lastUseOf(credential.id)).toBeUndefined();

  const created = await send('POST', '/Users', { schemas: [USER], userName: 'ada' });

  expect(created.status).toBe(201);
  expect(await eventually(() => lastUseOf(credential.id))).toMatch(/^\d{4}-\d\d-\d\dT/);
}, 30_000);

/** Looks again a few times: no request waits for what is looked for. */
async function eventually<Seen>(look: () => Promise<Seen | undefined>): Promise<Seen | undefined> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
  }
  return undefined;
}
