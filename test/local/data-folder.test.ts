import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openDataFolder, writePrivateFile } from '../../local/data-folder.ts';
import { temporaryFolder } from '../support/local-folder.ts';

const LOCK = join(import.meta.dirname, '..', '..', 'local', 'folder-lock.ts');

describe('data folder', () => {
  it('is made, with all above it, for its owner alone', async () => {
    await using parent = await temporaryFolder();

    const { path, lock } = await openDataFolder(join(parent.path, 'a', 'b'));
    lock.release();

    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('cannot be opened twice, and says who has it', async () => {
    await using folder = await temporaryFolder();
    const { lock } = await openDataFolder(folder.path);
    await lock.describe('http://127.0.0.1:1/t');

    await expect(openDataFolder(folder.path)).rejects.toMatchObject({
      name: 'StartRefusal',
      message: expect.stringContaining(`in use by another server (pid:${process.pid}, url:http://127.0.0.1:1/t)`),
    });
    lock.release();
  });

  it('can be opened again once it was released', async () => {
    await using folder = await temporaryFolder();
    (await openDataFolder(folder.path)).lock.release();

    const { lock } = await openDataFolder(folder.path);

    lock.release();
  });

  it('is free again as soon as its holder is killed', async () => {
    await using folder = await temporaryFolder();
    const source = `const { lockFolder } = await import(${JSON.stringify(LOCK)}); globalThis.lock = await lockFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1_000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', source, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    await expect(openDataFolder(folder.path)).rejects.toMatchObject({ name: 'StartRefusal' });

    holder.kill('SIGKILL');
    await once(holder, 'exit');

    (await openDataFolder(folder.path)).lock.release();
  });

  it('that cannot be made is refused with the reason', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'file'), '');

    await expect(openDataFolder(join(folder.path, 'file', 'data'))).rejects.toMatchObject({
      name: 'StartRefusal',
      message: expect.stringMatching(/cannot be written to \(ENOTDIR\)\. Choose another: DATA_DIR=/),
    });
  });
});

describe('private file', () => {
  it('is replaced as a whole, readable to its owner alone, and leaves no draft', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'key');
    await writeFile(file, 'a longer text from before', { mode: 0o644 });

    await writePrivateFile(file, 'new');

    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder.path)).toEqual(['key']);
  });
});
