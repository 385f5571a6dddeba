import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { foldersOfTests } from '../support/folders-of-tests.ts';

const newFolder = foldersOfTests();

const APP = join(import.meta.dirname, '../../bin/scim.ts');

function runApp(tenantFile: string): { readonly status: number | null; readonly stderr: string } {
  const folder = newFolder();
  mkdirSync(join(folder, 'tenants'));
  writeFileSync(join(folder, 'tenants', 'example.json'), tenantFile);
  return spawnSync(process.execPath, [APP], { cwd: folder, encoding: 'utf8' });
}

describe('the app', () => {
  it('says in one line what is wrong with a tenant file', () => {
    const { status, stderr } = runApp('{ "name": "example", "basepath": "/scim" }');

    expect(status).toBe(1);
    expect(stderr).toBe('scim: tenants/example.json: unknown key "basepath"; did you mean "basePath"?\n');
  });

  it('names the handler that cannot be bundled, without a stack trace', () => {
    const { status, stderr } = runApp('{ "name": "example" }');

    expect(status).toBe(1);
    expect(stderr).toMatch(/"lambdas\/[\w-]+\/handler\.ts"/);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
