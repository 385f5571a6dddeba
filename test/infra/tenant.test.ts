import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { accountSchema } from '../../lib/account.ts';
import { renderSchema } from '../../lib/settings-file.ts';
import { parseTenant, TenantFileError, tenantSchema } from '../../lib/tenant.ts';
import { readTenants } from '../../lib/tenant-files.ts';

const TENANTS = join(import.meta.dirname, '../../tenants');

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenants-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe('a tenant file', () => {
  it('needs no more than a name', () => {
    expect(parseTenant({ name: 'example' })).toEqual({
      name: 'example',
      stage: 'example',
      retentionDays: 30,
      basePath: '/scim/v2',
      environment: 'production',
      logRetentionDays: 365,
      throttling: { requestsPerSecond: 100, burst: 200 },
    });
  });

  it.each([
    ['a key that is misspelt', { name: 'a', basepath: '/x' }, 'unknown key "basepath"; did you mean "basePath"?'],
    ['a key of another case within another', { name: 'a', throttling: { requestsPerSecond: 1, Burst: 1 } }, 'did you mean "burst"?'],
    ['a key that resembles none', { name: 'a', colour: 'red' }, 'unknown key "colour"; known are $schema, name, stage'],
    ['no name', {}, '"name"'],
    ['a name that no stack can have', { name: 'Infor STS' }, '"name": must be lower-case letters'],
    ['the name of the account’s stack', { name: 'account' }, 'must not be "account"'],
    ['a stage that no URL can have', { name: 'a', stage: 'a/b' }, '"stage": must be letters'],
    ['a base path that ends in a slash', { name: 'a', basePath: '/scim/' }, '"basePath": must be empty or begin with'],
    ['a base path without a slash', { name: 'a', basePath: 'scim' }, '"basePath"'],
    ['a base path that leads back', { name: 'a', basePath: '/scim/..' }, '"basePath"'],
    ['a retention that CloudWatch does not offer', { name: 'a', logRetentionDays: 42 }, '"logRetentionDays"'],
    ['no object', [], 'the file'],
  ])('is refused for %s', (_title, content, message) => {
    expect(() => parseTenant(content)).toThrow(TenantFileError);
    expect(() => parseTenant(content)).toThrow(message);
  });

  it('is told of all its mistakes at once', () => {
    expect(() => parseTenant({ name: 'a', stag: 'x', basePath: 'y' })).toThrow(/"basePath".*; unknown key "stag"; did you mean "stage"\?/);
  });
});

describe('the folder of tenants', () => {
  it('is read in the order of names, the schema left out', () => {
    expect(readTenants(TENANTS).map(({ name }) => name)).toEqual(['example', 'inforsts-tst']);
  });

  it('names the file that is wrong', () => {
    expect(() => readTenants(folderWith({ 'a.json': '{ "name": "a", "stag": "x" }' }))).toThrow(/a\.json: unknown key "stag"/);
  });

  it('names the file that is no JSON', () => {
    expect(() => readTenants(folderWith({ 'a.json': '{ "name": ' }))).toThrow(/a\.json: .*JSON/);
  });

  it('refuses a name that is not the file’s, so that no two tenants share one', () => {
    expect(() => readTenants(folderWith({ 'a.json': '{ "name": "b" }' }))).toThrow(/a\.json: "name" must be "a"/);
  });
});

describe('the JSON Schemas beside the tenant files', () => {
  it.each([
    ['tenant.schema.json', tenantSchema],
    ['account.schema.json', accountSchema],
  ])('are what the parser renders (else run `node scripts/write-tenant-schema.ts`): %s', (file, schema) => {
    const written = readFileSync(join(TENANTS, file), 'utf8');

    expect(JSON.parse(written)).toEqual(JSON.parse(renderSchema(schema)));
  });
});
