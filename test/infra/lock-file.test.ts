import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Entry = { readonly resolved?: string; readonly engines?: unknown; readonly optionalDependencies?: Readonly<Record<string, string>> };

const FILE = new URL('../../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly packages: Readonly<Record<string, Entry>> };
const entries = Object.entries(packages);

/** Each of these is mended by `npm run lock`. */
describe('package-lock.json', () => {
  it('names no registry, so that each machine asks its own', () => {
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('has no engines, which npm would compare with the Node it runs on itself', () => {
    expect(entries.filter(([, { engines }]) => engines !== undefined)).toEqual([]);
  });

  it('locks the builds for every platform, or npm ci would refuse it elsewhere', () => {
    const optional = entries.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));

    expect(optional.filter((name) => !entries.some(([path]) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
  });
});
