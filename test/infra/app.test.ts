import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { foldersOfTests } from '../support/folders-of-tests.ts';

const newFolder = foldersOfTests();

const ROOT = join(import.meta.dirname, '../..');
const APP = join(ROOT, 'bin', 'scim.ts');

type Run = { readonly status: number | null; readonly stderr: string };

function runApp(tenantFile: string, folder = newFolder(), variables: Readonly<Record<string, string>> = {}): Run {
  mkdirSync(join(folder, 'tenants'));
  writeFileSync(join(folder, 'tenants', 'example.json'), tenantFile);
  return spawnSync(process.execPath, [APP], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...variables } });
}

describe('the app', () => {
  it('says in one line what is wrong with a tenant file', () => {
    const { status, stderr } = runApp('{ "name": "example", "basepath": "/scim" }');

    expect(status).toBe(1);
    expect(stderr).toBe('scim: tenants/example.json: unknown key "basepath"; did you mean "basePath"?\n');
  });

  it('writes nothing but its assembly, so that two of them can run at once', () => {
    const [folder, output] = [newFolder(), newFolder()];
    symlinkSync(join(ROOT, 'lambdas'), join(folder, 'lambdas'));

    const { status, stderr } = runApp('{ "name": "example" }', folder, { CDK_OUTDIR: output });

    expect([status, stderr]).toEqual([0, '']);
    expect(readdirSync(folder).sort()).toEqual(['lambdas', 'tenants']);
    expect(readdirSync(output)).toEqual(
      expect.arrayContaining(['scim-example.template.json', 'bundles', expect.stringMatching(/^asset\./)]),
    );
  });

  it('names the handler that cannot be bundled, without a stack trace', () => {
    const { status, stderr } = runApp('{ "name": "example" }');

    expect(status).toBe(1);
    expect(stderr).toMatch(/"lambdas\/[\w-]+\/handler\.ts"/);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
