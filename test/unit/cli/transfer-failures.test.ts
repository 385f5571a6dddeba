import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import type { Terminal } from '../../../cli/terminal.ts';
import { printHeader } from '../../../src/directory/transfer/lines.ts';
import { aTransferTerminal } from '../../support/transfer-terminal.ts';

const HEADER = printHeader({ schemas: [], types: [], removed: [], onceUnique: [] });

const pageOf = (...lines: readonly string[]) => ({ ok: true as const, result: { lines, isLast: true, totals: {} } });

/** Runs a line on a terminal of which a part does not work. */
async function run(line: string, broken: Partial<Terminal>, lines: readonly string[] = [HEADER]) {
  const { terminal, err } = aTransferTerminal(() => pageOf(...lines), { f: `${HEADER}\n` });
  return { status: await runCommandLine([...line.split(' '), '--local'], { ...terminal, ...broken }), err };
}

const denied = () => Promise.reject(Object.assign(new Error('EACCES: f'), { code: 'EACCES' }));

describe('a transfer', () => {
  it('says that a file cannot be written', async () => {
    const { status, err } = await run('export --out f --force', { openOutput: denied });

    expect({ status, err }).toEqual({ status: 1, err: ['f cannot be written.'] });
  });

  it('says that a file cannot be read', async () => {
    const { status, err } = await run('export --out f --resume', {
      readPieces: () => ({ [Symbol.asyncIterator]: () => ({ next: denied }) }),
    });

    expect({ status, err: err.join() }).toEqual({ status: 1, err: expect.stringContaining('f cannot be read.') });
  });

  it('says that a line is longer than any of an export', async () => {
    const piece = Buffer.from('x'.repeat(5 * 1024 * 1024));
    const { status, err } = await run('import f', {
      readPieces: async function* () {
        yield Buffer.from(`${HEADER}\n`);
        yield piece;
      },
    });

    expect({ status, err: err.join() }).toEqual({ status: 1, err: expect.stringMatching(/line 2: is longer than any line/) });
  });

  it('says that the function answers with a line that it does not know', async () => {
    const { status, err } = await run('export --out f --force', {}, [HEADER, '{"kind":"of a later version"}']);

    expect({ status, err: err.join() }).toEqual({
      status: 1,
      err: expect.stringMatching(/answers with a line that this version does not know/),
    });
  });
});
