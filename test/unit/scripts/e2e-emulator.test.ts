import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startEmulator } from '../../../scripts/e2e/emulator.ts';
import { CannotRun } from '../../../scripts/python/cannot-run.ts';
import { temporaryFolder } from '../../support/local-folder.ts';

const start = (programs: string, folder: string) => startEmulator({ programs, folder, signal: new AbortController().signal });

describe('startEmulator', () => {
  it('says what to do where its program cannot be run, as after the project was moved', async () => {
    await using folder = await temporaryFolder();

    const refused = start(join(folder.path, 'nowhere'), folder.path);

    await expect(refused).rejects.toThrow(CannotRun);
    await expect(refused).rejects.toThrow(/delete \.e2e, and begin again/);
  });

  it('does not wait for one that has ended, as on a port that was taken meanwhile', async () => {
    await using folder = await temporaryFolder();
    const program = join(folder.path, 'ministack');
    await writeFile(program, '#!/bin/sh\necho address already in use\nexit 1\n');
    await chmod(program, 0o755);

    await expect(start(folder.path, folder.path)).rejects.toThrow(/ended before it was ready; emulator\.log says why/);
  });
});
