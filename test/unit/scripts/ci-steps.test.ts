import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../support/local-folder.ts';

const STEPS = join(import.meta.dirname, '..', '..', '..', '.ci', 'steps.sh');

/** Runs a script on the steps; temporary files go into the folder. */
async function start(folder: string, script: string) {
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  await writeFile(join(folder, 'run'), `source ${STEPS}\n${script}\nfinish\n`);
  const child = spawn('bash', [join(folder, 'run')], { env: { ...process.env, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const ended = once(child, 'close').then(async () => ({ code: child.exitCode, printed, left: await readdir(temporary) }));
  return { child, ended };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('steps of a run', () => {
  it('count what each says of itself, side by side too, and fail when one did', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'says'), 'echo "$1 passed, $2 failed"; exit "$3"');
    const says = `bash ${folder.path}/says`;
    const { ended } = await start(folder.path, `step one ${says} 3 0 0\ntogether '${says} 2 1 1' '${says} 4 0 1' 'true'`);

    const { code, printed, left } = await ended;

    expect(printed.trimEnd().split('\n').at(-1)).toBe('10 passed, 2 failed');
    expect({ code, left }).toEqual({ code: 1, left: [] });
  });

  it('show again at the end what failing ones printed last', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'says'), 'seq -f "$1 %g" 100; exit "$2"');
    const says = `bash ${folder.path}/says`;
    const { ended } = await start(folder.path, `step one ${says} sound 0\nstep two ${says} broken 7\ntogether '${says} astray 3'`);

    const { printed } = await ended;

    const shown = printed.split('\n').filter((line) => /^ {2}\| |failed with/.test(line));
    expect(shown).toHaveLength(2 * 61);
    expect(shown.slice(0, 2)).toEqual(['== two failed with exit status 7, and printed last', '  | broken 41']);
    expect(shown.slice(60, 62)).toEqual(['  | broken 100', `== ${says} astray 3 failed with exit status 3, and printed last`]);
    expect(shown.at(-1)).toBe('  | astray 100');
    expect(printed.trimEnd().split('\n').at(-1)).toBe('1 passed, 2 failed');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'end what runs side by side at %s, down to the last process',
    async (signal) => {
      await using folder = await temporaryFolder();
      const pidFile = join(folder.path, 'pid');
      await writeFile(join(folder.path, 'works'), `bash -c 'echo $$ > ${pidFile}; sleep 30 & wait'; true`);
      const { child, ended } = await start(folder.path, `together 'bash ${folder.path}/works'`);
      for (let tries = 0; tries < 100 && !existsSync(pidFile); tries += 1) await setTimeout(50);
      await setTimeout(100);
      const pid = Number(readFileSync(pidFile, 'utf8'));

      child.kill(signal);
      const { code, left } = await ended;
      for (let tries = 0; tries < 200 && isAlive(pid); tries += 1) await setTimeout(50);
      const alive = isAlive(pid);
      if (alive) process.kill(pid, 'SIGKILL');

      expect({ code, alive, left }).toEqual({ code: 130, alive: false, left: [] });
    },
    60_000,
  );
});
