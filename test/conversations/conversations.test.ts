import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Conversation, conversationSchema } from '../support/conversation-file.ts';
import { type Endpoint, runConversation } from '../support/conversation-run.ts';
import { EXAMPLES } from '../support/custom-registry.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

type File = readonly [name: string, title: string, conversation: Conversation];
type Played = readonly [client: string, files: readonly File[]];

const CLIENTS = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const filesOf = (client: string): readonly File[] =>
  readdirSync(join(import.meta.dirname, client)).map((name) => {
    const conversation = conversationSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, client, name), 'utf8')));
    return [name, conversation.title, conversation];
  });

const all: readonly Played[] = CLIENTS.map(({ name }) => [name, filesOf(name)]);

const those = (wanted: (conversation: Conversation) => boolean): readonly Played[] =>
  all
    .map(([client, files]) => [client, files.filter(([, , conversation]) => wanted(conversation))] as const)
    .filter(([, files]) => files.length > 0);

const plain = those(({ schemas, settings }) => schemas === undefined && settings === undefined);
const custom = those(({ schemas }) => schemas !== undefined);
const schemaFiles = new Set(custom.flatMap(([, files]) => files.flatMap(([, , { schemas = [] }]) => schemas)));

const flagsOf = ({ settings = {} }: Conversation): string =>
  Object.entries(settings)
    .map((setting) => setting.join('='))
    .join(' ');
const allFlags = [...new Set(all.flatMap(([, files]) => files.map(([, , conversation]) => flagsOf(conversation))))].filter(
  (flags) => flags !== '',
);

/** Plays conversations on a server of their own, on which these commands are given before anything is asked of it. */
function play(played: readonly Played[], commands: readonly string[]): void {
  let folder: TemporaryFolder;
  let server: LocalServer;
  let endpoint: Endpoint;

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = await startLocalServer(folder.path);
    endpoint = { tenantUrl: server.tenantUrl, token: server.token ?? '' };
    for (const command of commands) expect(await runLocalCommand(folder.path, command)).toMatchObject({ status: 0 });
  }, 30_000);

  afterAll(async () => {
    await server.end('SIGTERM');
    await folder[Symbol.asyncDispose]();
  }, 30_000);

  describe.each(played)('%s', (_client, files) => {
    it.each(files)('%s: %s', async (_name, _title, conversation) => {
      expect(await runConversation(conversation, endpoint)).toEqual([]);
    });
  });
}

describe('a tenant with the built-in schemas', () => play(plain, []));

describe('a tenant with schemas of its own', () =>
  play(
    custom,
    [...schemaFiles].map((name) => `schema apply ${join(EXAMPLES, name)}`),
  ));

describe.each(allFlags)('an application with the settings %s', (flags) =>
  play(
    those((conversation) => flagsOf(conversation) === flags),
    [`app set --set ${flags}`],
  ),
);
