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

/** A line for each command there is, in an order in which each finds what it needs; `:file` is one in the folder, `$…` what came before. */
const LINES = [
  'tenant add acme',
  'tenant list',
  'tenant show acme',
  'app create hr --preset entra',
  'app list',
  'app show hr',
  'app set hr --set unknownMembers=ignore',
  'app disable hr',
  'app enable hr',
  'app export',
  'app apply :applications --dry-run',
  'app map set examples/mappings/plain.json --app hr',
  'app map show --app hr',
  'app map test --app hr --user ada',
  'app map remove --app hr',
  'app delete hr --confirm hr',
  'token create --name entra',
  'token list',
  'token revoke $token',
  'schema apply examples/schemas/device.json',
  'schema list',
  'schema show urn:ietf:params:scim:schemas:core:2.0:User',
  'schema remove urn:example:params:scim:schemas:core:1.0:Device --dry-run',
  'export --out :directory',
  'import :directory',
  'user removed',
  'user restore gone',
  'group removed',
  'group restore Gone',
  'resource removed --type User',
  'resource restore gone.too --type User',
];

/** What they print is for a shell to read. */
const WITHOUT_JSON = ['completion'];

let folder: TemporaryFolder;
let server: LocalServer;
const known = new Map<string, string>();

/** Runs the line with --json, and against the server where the command is about one. */
async function answer(line: string) {
  const [out, err]: [string[], string[]] = [[], []];
  const path = (name: string): string => join(folder.path, `${name}.json`);
  const words = line
    .split(' ')
    .map((word) => (word.startsWith(':') ? path(word.slice(1)) : word.replace('$token', known.get('token') ?? '')));
  const terminal = {
    ...processTerminal(),
    dataFolder: folder.path,
    tenantFiles: tenantFilesIn(join(folder.path, 'tenants')),
    print: (text: string) => out.push(text),
    say: (text: string) => err.push(text),
  };
  const target = line.startsWith('tenant ') ? [] : ['--local'];
  const status = await runCommandLine([...words, ...target, '--json'], terminal);
  return { status, out, err };
}

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startLocalServer(folder.path);
  const send = scimClient(server, server.token ?? '');
  await send('POST', '/Users', { schemas: [USER], userName: 'ada' });
  const { body: user } = await send('POST', '/Users', { schemas: [USER], userName: 'gone' });
  const { body: other } = await send('POST', '/Users', { schemas: [USER], userName: 'gone.too' });
  const { body: group } = await send('POST', '/Groups', { schemas: [GROUP], displayName: 'Gone' });
  for (const path of [`/Users/${user['id']}`, `/Users/${other['id']}`, `/Groups/${group['id']}`]) await send('DELETE', path);
});

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
});

describe('--json', () => {
  it.each(LINES)('"scim %s" prints one JSON value, and nothing beside it', async (line) => {
    const { status, out, err } = await answer(line);

    expect({ status, err }).toEqual({ status: 0, err: [] });
    expect(out).toHaveLength(1);
    const value: unknown = JSON.parse(out.join(''));
    expect(value).toEqual(expect.any(Object));
    if (line === 'app export') await writeFile(join(folder.path, 'applications.json'), out.join(''));
    if (line.startsWith('token create')) known.set('token', JSON.parse(out.join('')).credential.id);
  });

  it('is understood by every command there is', async () => {
    const { single, groups } = await loadCatalogue();
    const names = [...single, ...groups.flatMap(({ commands }) => commands)].map(({ name }) => name);

    expect(names.filter((name) => !WITHOUT_JSON.includes(name) && !LINES.some((line) => `${line} `.startsWith(`${name} `)))).toEqual([]);
  });

  it('writes what "export" is to write into its file all the same', async () => {
    expect(await readFile(join(folder.path, 'directory.json'), 'utf8')).toContain('"userName":"ada"');
  });
});
