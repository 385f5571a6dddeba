import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../cli/catalogue.ts';
import { runCommandLine } from '../../cli/program.ts';
import { tenantFilesIn } from '../../cli/tenant-files.ts';
import { processTerminal } from '../../cli/terminal.ts';
import { GROUP, scimClient, USER } from '../support/local-client.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';
import { UNCHANGED_FLEET } from '../support/no-fleet.ts';

/** A line for each command there is, in an order in which each finds what it needs; `:file` is one in the folder, `$made` the credential made last. */
const LINES = [
  ...[
    'cost --app $folder',
    'tenant add acme',
    'tenant list',
    'tenant show acme',
    'tenant status',
    'tenant upgrade acme --app cdk.out --dry-run',
  ],
  ...['app create hr --preset miniorange', 'app list', 'app show hr', 'app set hr --set unknownMembers=ignore'],
  ...['app disable hr', 'app enable hr', 'app export', 'app apply :applications --dry-run'],
  ...['app map set examples/mappings/plain.json --app hr', 'app map show --app hr', 'app map test --app hr --user ada'],
  'app map remove --app hr',
  ...['account create --app hr --password-stdin', 'account list', 'account password $made --password-stdin', 'account revoke $made'],
  ...['token create --app hr', 'token show $made', 'token list', 'token rotate --app hr', 'token revoke $made'],
  ...['client create --app hr', 'client list', 'client rotate --app hr', 'client revoke $made'],
  'client federate --app hr --issuer https://login.example.com/v2.0 --subject a1 --audience api://scim',
  ...['app ip add 127.0.0.0/8 --app hr', 'app ip list --app hr', 'app ip remove 127.0.0.0/8 --app hr', 'app ip import :tags --app hr'],
  ...['brake show --app hr', 'brake release --app hr'],
  'app delete hr --confirm hr',
  ...['matching add nickName --no-wait', 'matching list', 'matching remove nickName', 'doctor'],
  'test-connection --token-stdin',
  ...['report', 'report --user ada'],
  ...['schema apply examples/schemas/device.json', 'schema list', `schema show ${USER}`],
  'schema remove urn:example:params:scim:schemas:core:1.0:Device --dry-run',
  ...['export --out :directory', 'import :directory'],
  ...['user list', 'user find ada', 'user show ada', 'user disable ada', 'user enable ada', 'user export ada'],
  ...['user remove ada', 'user removed', 'user restore ada', 'user purge ada --confirm ada'],
  ...['group list', 'group find All', 'group show All', 'group members All', 'group export All'],
  ...['group remove All', 'group removed', 'group restore All', 'group purge All --confirm All'],
  ...['list', 'find bob', 'show bob', 'disable bob', 'enable bob', 'export bob'].map((line) => `resource ${line} --type User`),
  ...['remove bob', 'removed', 'restore bob', 'purge bob --confirm bob'].map((line) => `resource ${line} --type User`),
  'resource members Few --type Group',
  ...['logs', 'logs --query failures', 'explain $request'],
  ...['events status', 'events replay --since 1h', 'events replay --publish --dry-run', 'events announce --all', 'events redrive'],
];

/** What they print is for a shell to read. */
const WITHOUT_JSON = ['completion'];

/** There is nothing to go back to here: "test/local/restore.test.ts" has its answers. */
const NOT_LOCAL = ['restore'];
/** It goes on until it is interrupted: "test/local/event-commands.test.ts" has its answers. */
const ENDLESS = ['events tail'];
/** These are about files and stacks. */
const WITHOUT_SERVER = /^(cost|tenant (?!status))/;

/** What may have any length comes as a value a line. */
const IN_LINES = /^((user|group|resource) (list|find|members)|logs$|events replay --since)/;

let folder: TemporaryFolder;
let server: LocalServer;
let made = '';
let request = '';

/** Runs the line with --json, and against the server where the command is about one. */
async function answer(line: string) {
  const [out, err]: [string[], string[]] = [[], []];
  const path = (name: string): string => join(folder.path, `${name}.json`);
  const words = line
    .split(' ')
    .map((word) =>
      word.startsWith(':') ? path(word.slice(1)) : word.replace('$made', made).replace('$folder', folder.path).replace('$request', request),
    );
  const terminal = {
    ...processTerminal(),
    dataFolder: folder.path,
    tenantFiles: tenantFilesIn(join(folder.path, 'tenants')),
    ...UNCHANGED_FLEET,
    readInput: async () => (line.startsWith('test-connection') ? (server.token ?? '') : 'correct horse battery staple 4711\n'),
    print: (text: string) => out.push(text),
    say: (text: string) => err.push(text),
  };
  const target = WITHOUT_SERVER.test(line) ? [] : ['--local'];
  const status = await runCommandLine([...words, ...target, '--json'], terminal);
  return { status, out, err };
}

type Made = { readonly credential?: { readonly id: string }; readonly client?: { readonly id: string } };

const madeIn = ({ credential, client }: Made): string => (credential ?? client)?.id ?? '';

const TAGS = { values: [{ name: 'AzureActiveDirectory', properties: { addressPrefixes: ['203.0.113.0/25', '203.0.113.128/25'] } }] };

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'scim-acme.template.json'), '{ "Resources": {} }');
  await writeFile(join(folder.path, 'tags.json'), JSON.stringify(TAGS));
  server = await startLocalServer(folder.path);
  const send = scimClient(server, server.token ?? '');
  for (const userName of ['ada', 'bob']) await send('POST', '/Users', { schemas: [USER], userName });
  for (const displayName of ['All', 'Few']) await send('POST', '/Groups', { schemas: [GROUP], displayName });
  request = String((await send('GET', '/Users')).headers['x-request-id']);
});

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
});

describe('--json', () => {
  it.each(LINES)('"scim %s" prints JSON, and nothing beside it', async (line) => {
    const { status, out, err } = await answer(line);

    expect({ status, err: status === 0 ? [] : err }).toEqual({ status: 0, err: [] });
    if (!IN_LINES.test(line)) expect(out).toHaveLength(1);
    expect(out.map((value) => JSON.parse(value))).toEqual(out.map(() => expect.any(Object)));
    if (line === 'app export') await writeFile(join(folder.path, 'applications.json'), out.join(''));
    if (/^(account|token|client) create/.test(line)) made = madeIn(JSON.parse(out.join('')));
  });

  it('is understood by every command there is', async () => {
    const { single, groups } = await loadCatalogue();
    const names = [...single, ...groups.flatMap(({ commands }) => commands)].map(({ name }) => name);

    expect(
      names.filter(
        (name) => ![...WITHOUT_JSON, ...NOT_LOCAL, ...ENDLESS].includes(name) && !LINES.some((line) => `${line} `.startsWith(`${name} `)),
      ),
    ).toEqual([]);
  });

  it('writes what "export" is to write into its file all the same', async () => {
    expect(await readFile(join(folder.path, 'directory.json'), 'utf8')).toContain('"userName":"ada"');
  });
});
