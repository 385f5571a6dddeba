import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build, type Metafile } from 'esbuild';
import { startOnce } from '../../bench/cold/measure.ts';
import { startStubServices } from '../../bench/cold/stub-services.ts';
import { BUNDLE_OPTIONS, BundleError, bundleHandlers, FUNCTIONS } from '../../lib/bundle.ts';
import { ADMIN } from '../../src/runtime/routes.ts';

const LIMIT_BYTES = 400_000;
const folder = mkdtempSync(join(tmpdir(), 'bundle-test-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('bundles', () => {
  let outputs: Metafile['outputs'] = {};
  const outputOf = (name: string) => Object.entries(outputs).find(([file]) => file.endsWith(`/${name}/index.mjs`))?.[1];

  /** The file that Lambda loads, and what that one loads before the first invocation. */
  const startOf = (name: string): readonly string[] => {
    const files = new Set(Object.keys(outputs).filter((file) => file.endsWith(`/${name}/index.mjs`)));
    for (const file of files) {
      for (const { kind, path } of outputs[file]?.imports ?? []) if (kind === 'import-statement') files.add(path);
    }
    return [...files];
  };

  beforeAll(async () => {
    ({ outputs } = await bundleHandlers({ from: 'lambdas', into: join(folder, 'first') }));
  });

  it.each(FUNCTIONS)('%s: exports its handler, and what it starts with stays within the budget', (name) => {
    const start = startOf(name);

    expect(outputOf(name)?.exports).toEqual(['handler']);
    expect(start.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0)).toBeLessThanOrEqual(LIMIT_BYTES);
  });

  it.each(FUNCTIONS.filter((name) => name !== ADMIN))('%s: is one file', (name) => {
    expect(startOf(name)).toHaveLength(1);
  });

  it.each(FUNCTIONS)('%s: imports nothing but its own parts, neither a package left out nor a module of Node', (name) => {
    const imported = Object.entries(outputs)
      .filter(([file]) => file.includes(`/${name}/`))
      .flatMap(([, { imports }]) => imports.map(({ path }) => path));

    expect(imported.filter((path) => outputs[path] === undefined)).toEqual([]);
  });

  it('leave out what finds credentials elsewhere than in the environment', () => {
    const modules = Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
    );

    expect(modules.map(([file]) => file).join('\n')).not.toMatch(/nested-clients|credential-provider-(sso|ini|process|imds|http|login)/);
  });

  it('find every service by its region: the rules that ask for partitions, which are left out, are in none', () => {
    const rules = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((file) => file.endsWith('/endpoint/bdd.js')));

    expect(rules).toEqual([]);
  });

  it('come out the same from the same sources, so that nothing is deployed anew without need', async () => {
    await bundleHandlers({ from: 'lambdas', into: join(folder, 'second') });

    for (const name of FUNCTIONS) {
      const [one, other] = ['first', 'second'].map((build) => readFileSync(join(folder, build, name, 'index.mjs')));
      expect(other?.equals(one ?? Buffer.of())).toBe(true);
    }
  });

  it('answer: the token is found in the vault, the user in the table', async () => {
    const stubs = await startStubServices();

    const start = startOnce(join(folder, 'first', 'users', 'index.mjs'), stubs.url).finally(stubs.close);

    await expect(start).resolves.toMatchObject({ initMs: expect.any(Number), firstMs: expect.any(Number) });
  });

  it('are refused by the name of the handler that is not there', async () => {
    const bundling = bundleHandlers({ from: join(folder, 'nowhere'), into: join(folder, 'third') });

    await expect(bundling).rejects.toThrow(BundleError);
    await expect(bundling).rejects.toThrow(/nowhere\/[\w-]+\/handler\.ts/);
  });

  it('are refused when a part of the SDK that is replaced has moved', async () => {
    const withoutSdk = build({ ...BUNDLE_OPTIONS, stdin: { contents: 'export const handler = 1;' }, write: false });

    await expect(withoutSdk).rejects.toThrow('credential-provider-node/dist-es/index.js is no longer there to be replaced');
  });
});
