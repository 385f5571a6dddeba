import { readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { tenantFilesIn } from '../../../cli/tenant-files.ts';
import { temporaryFolder } from '../../support/local-folder.ts';

describe('the files of tenants', () => {
  it('let one of two writers win', async () => {
    await using folder = await temporaryFolder();
    const files = tenantFilesIn(folder.path);

    const written = await Promise.all(['1', '2'].map((text) => files.write('acme', text, { replace: false })));

    expect(written.toSorted()).toEqual([false, true]);
    expect(await files.read('acme')).toBe(written[0] ? '1' : '2');
  });

  it('are replaced as a whole, and leave nothing beside', async () => {
    await using folder = await temporaryFolder();
    const files = tenantFilesIn(folder.path);
    await files.write('acme', 'a longer text', { replace: false });

    expect(await files.write('acme', 'short', { replace: true })).toBe(true);

    expect(await files.read('acme')).toBe('short');
    expect(await readdir(folder.path)).toEqual(['acme.json']);
  });
});
