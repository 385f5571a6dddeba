import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const CHECK = join(import.meta.dirname, '..', '..', 'local', 'require-node.mjs');

/** Runs the check in a process that believes to be of this version. */
function checkAs(version: string) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); await import(${JSON.stringify(CHECK)});`;
  return promisify(execFile)(process.execPath, ['--input-type=module', '-e', pretend]);
}

describe('Node version', () => {
  it.each(['20.20.2', '22.18.0'])('%s is refused with the way to the right one', async (version) => {
    await expect(checkAs(version)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^This needs Node 24; .+ is \d+\.\d+\.\d+\.\nRun `npm ci`/),
    });
  });

  it.each(['24.0.0', '26.1.0'])('%s is accepted without a word', async (version) => {
    expect(await checkAs(version)).toEqual({ stdout: '', stderr: '' });
  });
});
