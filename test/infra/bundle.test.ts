import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build, type Metafile } from 'esbuild';
import { startOnce } from '../../bench/cold/measure.ts';
import { startStubServices } from '../../bench/cold/stub-services.ts';
import { BUNDLE_OPTIONS, BundleError, bundleHandlers, FUNCTIONS } from '../../lib/bundle.ts';

const LIMIT_BYTES = 400_000;
const folder = mkdtempSync(join(tmpdir(), 'bundle-test-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('bundles', () => {
  let outputs: Metafile['outputs'] = {};
  const outputOf = (name: string) => Object.entries(outputs).find(([file]) => file.endsWith(`/${name}/index.mjs`))?.[1];

  beforeAll(async () => {
    ({ outputs } = await bundleHandlers({ from: 'lambdas', into: join(folder, 'first') }));
  });

  it.each(FUNCTIONS)('%s: is one file that exports its handler and stays within its budget', (name) => {
    const output = outputOf(name);

    expect(output?.exports).toEqual(['handler']);
    expect(output?.bytes).toBeLessThanOrEqual(LIMIT_BYTES);
  });

  it.each(FUNCTIONS)('%s: imports nothing, neither a package left out nor a module of Node whose import loads fetch', (name) => {
    expect(outputOf(name)?.imports).toEqual([]);
  });

  it('leave out what finds credentials elsewhere than in the environment', () => {
    const modules = Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
    );

    expect(modules.map(([file]) => file).join('\n')).not.toMatch(/nested-clients|credential-provider-(sso|ini|process|imds|http|login)/);
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
