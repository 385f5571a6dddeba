import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { exportedPageSchema } from '../../../src/directory/transfer/answers.ts';
import { printEnd } from '../../../src/directory/transfer/lines.ts';
import type { AdminTarget } from '../../../src/runtime/admin-client.ts';
import { askAdmin } from '../../ask-admin.ts';
import type { Terminal } from '../../terminal.ts';
import type { FileContents } from './file-contents.ts';
import type { Output } from './output.ts';
import { counted, grouped, progressOf } from './rate.ts';

type Export = {
  readonly target: AdminTarget;
  readonly by: string;
  readonly out: string | undefined;
  /** What there is already; it grows as the file does. */
  readonly contents: FileContents;
};

/** Writes page after page behind what is there, and the line that ends the file. */
export async function writeExport(work: Export, terminal: Terminal): Promise<void> {
  const { out, contents } = work;
  const output = await openOutput(work, terminal);
  const progress = progressOf(terminal, sizeOf(contents));
  try {
    for await (const totals of pages(work, output, terminal)) {
      progress.show(
        `${grouped(contents.resourceCount)} of ${counted(totals, 'resource')}, ${counted(contents.memberships, 'membership')}`,
        sizeOf(contents),
      );
    }
    await writeLines(output, contents, [printEnd(contents)]);
  } catch (error) {
    progress.end();
    if (error instanceof AdminRefusal && out !== undefined)
      throw new AdminRefusal(`${error.message}\nWhat was written stays in ${out}: go on with --resume.`, { cause: error });
    throw error;
  } finally {
    await output.close();
  }
  progress.end();
}

const openOutput = ({ out, contents }: Export, terminal: Terminal): Promise<Output> =>
  terminal.openOutput(out, contents.bytes).catch((cause: unknown) => {
    throw new AdminRefusal(`${out} cannot be written.`, { cause });
  });

/** Gives how many resources there are in all, page by page. */
async function* pages({ target, by, contents }: Export, output: Output, terminal: Terminal): AsyncGenerator<number> {
  for (;;) {
    const { header, place } = contents;
    const request = { act: 'directory.export', by, ...(place && { after: place, header }) } as const;
    const { result } = await askAdmin({ target, request, expect: exportedPageSchema }, terminal);
    await writeLines(output, contents, place === undefined && header !== undefined ? behind(header, result.lines) : result.lines);
    yield Object.values(result.totals).reduce((sum, count) => sum + count, 0);
    if (result.isLast) return;
  }
}

/** A file that holds its first line alone goes on behind that, if it still is the first. */
function behind(header: string, [first, ...lines]: readonly string[]): readonly string[] {
  if (first !== header) throw new AdminRefusal('The schemas have changed since the file was begun: begin it anew with --force.');
  return lines;
}

async function writeLines(output: Output, contents: FileContents, lines: readonly string[]): Promise<void> {
  for (const text of lines) {
    const fault = contents.take({ text, endsAt: contents.bytes + Buffer.byteLength(text) + 1 });
    if (fault !== undefined) throw new AdminRefusal(`The admin function answers with a line that this version does not know: ${fault}.`);
  }
  if (lines.length === 0) return;
  await output.write(`${lines.join('\n')}\n`).catch((cause: unknown) => {
    throw new AdminRefusal('What was read cannot be written: the disk may be full.', { cause });
  });
}

const sizeOf = ({ resourceCount, memberships }: FileContents): number => resourceCount + memberships;
