import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { accountSchema } from '../../lib/account.ts';
import { renderSchema } from '../../lib/settings-file.ts';
import { parseTenant, TenantFileError, tenantSchema } from '../../lib/tenant.ts';
import { readTenants } from '../../lib/tenant-files.ts';
import { foldersOfTests } from '../support/folders-of-tests.ts';

const newFolder = foldersOfTests();

const TENANTS = join(import.meta.dirname, '../../tenants');

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = newFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe('a tenant file', () => {
  it('needs no more than a name', () => {
    expect(parseTenant({ name: 'example' })).toEqual({
      name: 'example',
      stage: 'example',
      retentionDays: 30,
      audit: { identifiers: 'plain' },
      events: { values: 'none', retentionDays: 30 },
      basePath: '/scim/v2',
      environment: 'production',
      logRetentionDays: 365,
      throttling: { requestsPerSecond: 100, burst: 200 },
      tags: {},
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
    ['a range that is none', { name: 'a', allowedIpRanges: ['10.0.0.0/33'] }, '"allowedIpRanges.0": must be an IP address or a range'],
    ['ranges that let nobody in', { name: 'a', allowedIpRanges: [] }, '"allowedIpRanges": must hold at least one'],
    ['more ranges than a policy holds', { name: 'a', allowedIpRanges: Array(400).fill('198.51.100.0/24') }, 'at most 7000 characters'],
    ['a firewall of another kind', { name: 'a', waf: 'yes' }, '"waf": must be "own", or the ARN of a regional web ACL'],
    ['a web ACL for CloudFront', { name: 'a', waf: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y' }, '"waf"'],
    ['the alias of a key', { name: 'a', encryptionKey: 'alias/x' }, '"encryptionKey": must be "own", or the ARN of a KMS key'],
    ['fewer sweepers than the queue starts', { name: 'a', concurrency: { background: 4 } }, '"concurrency.background"'],
    [
      'a misspelt class of functions',
      { name: 'a', concurrency: { request: 4 } },
      'unknown key "concurrency.request"; did you mean "requests"?',
    ],
    ['a path that begins with a slash', { name: 'a', domain: { name: 'a.example', path: '/x' } }, '"domain.path": must be segments'],
    ['a hosted zone beside a shared domain', { name: 'a', domain: { name: 'a.example', hostedZoneId: 'Z1' } }, '"domain": must have'],
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
