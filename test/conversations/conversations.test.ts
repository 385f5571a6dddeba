import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Conversation, conversationSchema } from '../support/conversation-file.ts';
import { type Endpoint, runConversation } from '../support/conversation-run.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

const CLIENTS = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const conversationsOf = (client: string): readonly (readonly [file: string, conversation: Conversation])[] =>
  readdirSync(join(import.meta.dirname, client)).map((file) => [
    file,
    conversationSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, client, file), 'utf8'))),
  ]);

let folder: TemporaryFolder;
let server: LocalServer;
let endpoint: Endpoint;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startLocalServer(folder.path);
  endpoint = { tenantUrl: server.tenantUrl, token: server.token ?? '' };
}, 30_000);

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
}, 30_000);

describe.each(CLIENTS.map(({ name }) => name))('%s', (client) => {
  it.each(conversationsOf(client).map(([file, conversation]) => [file, conversation.title, conversation] as const))(
    '%s: %s',
    async (_file, _title, conversation) => {
      expect(await runConversation(conversation, endpoint)).toEqual([]);
    },
  );
});
