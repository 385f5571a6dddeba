import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeFault } from '../../../cli/fault.ts';
import { temporaryFolder } from '../../support/local-folder.ts';

const MAIN = join(import.meta.dirname, '../../../cli/main.ts');
const BROKEN = 'data:text/javascript,globalThis.fetch = () => { throw new TypeError("boom") }';

const run = (words: readonly string[], variables: Readonly<Record<string, string>> = {}, flags: readonly string[] = []) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...flags, MAIN, ...words], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...variables },
  });

describe('the program', () => {
  it('ends with the status of what it did', () => {
    expect(['--version', 'token list --local', 'tokn'].map((line) => run(line.split(' '), { DATA_DIR: '/no/such' }).status)).toEqual([
      0, 1, 2,
    ]);
  });

  it.each([[{ FORCE_COLOR: '1', CLICOLOR_FORCE: '1' }], [{ NO_COLOR: '1' }]])(
    'prints in no colour, whatever the environment says: %j',
    (variables) => {
      const { stdout, stderr } = run(['token', '--help'], variables);

      expect(`${stdout}${stderr}`).toMatch(/Usage/);
      expect(`${stdout}${stderr}`).not.toContain('\u001b');
    },
  );

  it('tells of its own fault in a line, with a status of its own, and shows the trace when asked to', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'admin.json'), '{"url":"http://127.0.0.1:1/","key":"k"}');
    const variables = { DATA_DIR: folder.path };

    const brief = run(['token', 'list', '--local'], variables, ['--import', BROKEN]);
    const traced = run(['token', 'list', '--local'], { ...variables, SCIM_TRACE: '1' }, ['--import', BROKEN]);

    expect([brief.status, traced.status]).toEqual([3, 3]);
    expect(brief.stderr).toMatch(/^scim itself has a fault \(TypeError: boom\)\..*SCIM_TRACE=1[^\n]*\n$/);
    expect(traced.stderr).toMatch(/boom\n\s+at /);
  });

  it('tells of anything that is thrown', () => {
    expect(describeFault('a word', true)).toMatch(/\(a word\)/);
  });
});
