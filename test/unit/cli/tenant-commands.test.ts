import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readTenants } from '../../../lib/tenant-files.ts';
import { TENANT_PRESET_NAMES } from '../../../lib/tenant-presets.ts';
import { readTenant } from '../../../local/tenant.ts';
import { PRESET_NAMES } from '../../../src/access/presets.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { temporaryFolder } from '../../support/local-folder.ts';

async function setUp(files: Readonly<Record<string, string>> = {}) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder.path, `${name}.json`), 'utf8'));
  return {
    ...aTerminal({ tenantsFolder: folder.path }),
    folder: folder.path,
    read,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

describe('scim tenant add', () => {
  it.each([
    ['acme --preset entra', '/acme/scim/v2'],
    ['acme --preset okta', '/acme/scim/v2'],
    ['acme --preset miniorange', '/acme/scim/v2'],
    ['inforsts-tst --preset infor-cloudsuite', '/INFORSTS_TST/v2/scim'],
    ['acme --preset infor-cloudsuite --stage Acme_STS', '/Acme_STS/v2/scim'],
    ['acme --preset rfpio', '/rfpserver/scim/v2'],
    ['acme --preset iprova', '/scim'],
    ['acme', '/acme/scim/v2'],
    ['acme --stage A --base-path /x', '/A/x'],
    ['acme --base-path=', '/acme'],
  ])('with "%s" writes a file whose URL has the path %s, deployed and on this machine', async (line, path) => {
    await using system = await setUp();
    const [name = ''] = line.split(' ');

    expect(await system.scim(`tenant add ${line}`)).toBe(0);

    const [deployed] = readTenants(system.folder);
    expect(`/${deployed?.stage}${deployed?.basePath}`).toBe(path);
    expect(await readTenant(name, system.folder)).toMatchObject({ name, stage: deployed?.stage, basePath: deployed?.basePath });
    expect(system.out.join('')).toMatch(new RegExp(`${path}$`));
  });

  it('writes no more than what differs from the defaults', async () => {
    await using system = await setUp();

    await system.scim('tenant add acme --preset entra --environment dev');

    expect(await system.read('acme')).toEqual({ $schema: './tenant.schema.json', name: 'acme', environment: 'dev' });
  });

  it('says what to run next, in order', async () => {
    await using system = await setUp();

    await system.scim('tenant add acme --preset infor-cloudsuite');

    expect(system.err).toEqual([
      'Next:',
      '  npx cdk deploy scim-acme',
      '  npm run scim -- app create infor-cloudsuite --preset infor-cloudsuite --tenant acme',
      '  npm run scim -- account create --app infor-cloudsuite --tenant acme',
      'Or try it on this machine first: TENANT=acme npm start',
    ]);
  });

  it('has a preset for each that an application has, but for the bare standard', () => {
    expect(['standard', ...TENANT_PRESET_NAMES]).toEqual(PRESET_NAMES);
  });

  it('never writes over a file unasked', async () => {
    await using system = await setUp({ 'acme.json': '{ "name": "acme" }' });

    expect(await system.scim('tenant add acme --preset rfpio')).toBe(1);
    expect(await system.scim('tenant add acme --preset rfpio --dry-run')).toBe(1);

    expect(await system.read('acme')).toEqual({ name: 'acme' });
    expect(system.err.join('\n')).toMatch(/acme\.json is there already.*tenant show acme.*--force/);
  });

  it('writes it anew with --force, and warns of whom the new URL cuts off', async () => {
    await using system = await setUp({ 'acme.json': '{ "name": "acme" }' });

    expect(await system.scim('tenant add acme --preset rfpio --force')).toBe(0);

    expect(await system.read('acme')).toMatchObject({ stage: 'rfpserver' });
    expect(system.err[0]).toMatch(/from \/acme\/scim\/v2 to \/rfpserver\/scim\/v2: .*cuts off/);
  });

  it('replaces a file that is broken', async () => {
    await using system = await setUp({ 'acme.json': '{' });

    expect(await system.scim('tenant add acme --force')).toBe(0);
    expect(await system.read('acme')).toMatchObject({ name: 'acme' });
  });

  it('shows the file and writes nothing in a dry run', async () => {
    await using system = await setUp();

    expect(await system.scim('tenant add acme --preset iprova --dry-run')).toBe(0);

    expect(JSON.parse(system.out.join(''))).toEqual({ $schema: './tenant.schema.json', name: 'acme', stage: 'scim', basePath: '' });
    expect(readTenants(system.folder)).toEqual([]);
  });

  it.each([
    ['', true],
    [' --dry-run', false],
  ])('prints JSON, and nothing else, when asked to%s', async (flag, written) => {
    await using system = await setUp();

    await system.scim(`tenant add acme --preset rfpio --json${flag}`);

    expect(JSON.parse(system.out.join(''))).toMatchObject({
      written,
      path: '/rfpserver/scim/v2',
      stack: 'scim-acme',
      content: { name: 'acme' },
    });
    expect(system.err).toEqual([]);
  });

  it.each([
    ['Acme', /"name": must be lower-case letters/],
    ['../acme', /"name": must be lower-case letters/],
    ['account', /must not be "account"/],
    ['acme --stage a/b', /"stage": must be letters/],
    ['acme --base-path scim/', /"basePath": must be empty or begin with/],
    ['acme --preset inforcloud', /Allowed choices are entra, okta, infor-cloudsuite, miniorange, rfpio, iprova/],
    ['acme --environment test', /Allowed choices are production, dev/],
  ])('writes nothing for "%s"', async (line, words) => {
    await using system = await setUp();

    expect(await system.scim(`tenant add ${line}`)).toBe(2);

    expect(system.err.join('\n')).toMatch(words);
    expect(readTenants(system.folder)).toEqual([]);
  });

  it('says so when the folder cannot be written to', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'file'), '');
    const { scim, err } = aTerminal({ tenantsFolder: join(folder.path, 'file', 'tenants') });

    expect(await scim('tenant add acme')).toBe(1);
    expect(err.join('')).toMatch(/tenants.* cannot be read or written \(ENOTDIR\)/);
  });
});

describe('scim tenant list', () => {
  it('shows each tenant with the path of its URL and its stack', async () => {
    await using system = await setUp({
      'b.json': '{ "name": "b", "stage": "B_1", "environment": "dev" }',
      'a.json': '{ "name": "a" }',
      'tenant.schema.json': '{}',
      'account.json': '{}',
      'account.schema.json': '{}',
    });

    expect(await system.scim('tenant list')).toBe(0);

    expect(system.out).toEqual([
      'NAME  PATH          ENVIRONMENT  STACK',
      'a     /a/scim/v2    production   scim-a',
      'b     /B_1/scim/v2  dev          scim-b',
    ]);
  });

  it('shows the others beside a file that is wrong, which it names', async () => {
    await using system = await setUp({
      'a.json': '{ "name": "a" }',
      'b.json': '{ "name": "b", "stag": "x" }',
      'c.json': '{',
      'd.json': '{ "name": "a" }',
    });

    expect(await system.scim('tenant list')).toBe(1);

    expect(system.out.join('\n')).toContain('/a/scim/v2');
    expect(system.err.join('\n')).toMatch(
      /b\.json: unknown key "stag"; did you mean "stage"\?\.\n.*c\.json: it is no valid JSON\.\n.*d\.json: "name" must be "d"/,
    );
  });

  it('prints JSON when asked to', async () => {
    await using system = await setUp({ 'a.json': '{ "name": "a" }', 'c.json': '{' });

    await system.scim('tenant list --json');

    expect(JSON.parse(system.out.join(''))).toMatchObject({
      tenants: [{ name: 'a', path: '/a/scim/v2', stack: 'scim-a', retentionDays: 30 }],
      faulty: [{ name: 'c', fault: 'it is no valid JSON' }],
    });
  });

  it('says how to begin where there is none, not even the folder', async () => {
    const { scim, out, err } = aTerminal({ tenantsFolder: '/no/such/folder' });

    expect(await scim('tenant list')).toBe(0);

    expect(out).toEqual([]);
    expect(err).toEqual([expect.stringMatching(/no files in \/no\/such\/folder; "scim tenant add"/)]);
  });
});

describe('scim tenant show', () => {
  it('shows every setting, those left out with their default', async () => {
    await using system = await setUp({
      'acme.json': `{ "name": "acme", "stage": "ACME", "throttling": { "requestsPerSecond": 5, "burst": 6 },
        "allowedIpRanges": ["198.51.100.0/24", "2001:db8::/32"], "tags": { "owner": "identity" } }`,
    });

    expect(await system.scim('tenant show acme')).toBe(0);

    expect(Object.fromEntries(system.out.map((line) => line.split(/ {2,}/)))).toEqual({
      name: 'acme',
      stage: 'ACME',
      basePath: '/scim/v2',
      environment: 'production',
      'events.retentionDays': '30',
      'events.values': 'none',
      logRetentionDays: '365',
      retentionDays: '30',
      'audit.identifiers': 'plain',
      path: '/ACME/scim/v2',
      stack: 'scim-acme',
      'throttling.requestsPerSecond': '5',
      'throttling.burst': '6',
      allowedIpRanges: '198.51.100.0/24, 2001:db8::/32',
      'tags.owner': 'identity',
    });
  });

  it('prints JSON when asked to', async () => {
    await using system = await setUp({ 'acme.json': '{ "name": "acme" }' });

    await system.scim('tenant show acme --json');

    expect(JSON.parse(system.out.join(''))).toMatchObject({ name: 'acme', path: '/acme/scim/v2', throttling: { burst: 200 } });
  });

  it.each([
    ['nobody', 1, /no .*nobody\.json; there are acme, bad, and "scim tenant add"/],
    ['bad', 1, /bad\.json: "basePath": must be empty/],
    ['../acme', 2, /name of its file/],
  ])('refuses "%s"', async (name, status, words) => {
    await using system = await setUp({ 'acme.json': '{ "name": "acme" }', 'bad.json': '{ "name": "bad", "basePath": "x" }' });

    expect(await system.scim(`tenant show ${name}`)).toBe(status);
    expect(system.err.join('\n')).toMatch(words);
  });

  it('says how to begin where there is none', async () => {
    const { scim, err } = aTerminal({ tenantsFolder: '/no/such/folder' });

    expect(await scim('tenant show acme')).toBe(1);
    expect(err.join('')).toMatch(/"scim tenant add" makes the first/);
  });

  it('says so when a file cannot be read', async () => {
    await using system = await setUp();
    await mkdir(join(system.folder, 'acme.json'));

    expect(await system.scim('tenant show acme')).toBe(1);
    expect(system.err.join('')).toMatch(/acme\.json cannot be read or written \(EISDIR\)/);
  });
});
