import { MAX_IMPORT_LINES } from '../../../src/access/acts/transfer-acts.ts';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { type ImportedBatch, importedBatchSchema } from '../../../src/directory/transfer/answers.ts';
import type { ImportPolicy } from '../../../src/directory/transfer/policy.ts';
import type { AdminTarget } from '../../../src/runtime/admin-client.ts';
import { askAdmin } from '../../ask-admin.ts';
import type { Terminal } from '../../terminal.ts';
import type { FileContents } from './file-contents.ts';
import { grouped, progressOf } from './rate.ts';
import { splitLines } from './split-lines.ts';

/** What is sent at once: the function is to be done with most of it before its time is over. */
const BATCH_BYTES = 1024 * 1024;

/** So often in a row, a batch may come to nothing: to send it again does no harm. */
const MOST_TRIES = 3;

type Import = {
  readonly target: AdminTarget;
  readonly by: string;
  readonly file: string;
  readonly contents: FileContents;
  readonly fromLine: number;
  readonly policy: ImportPolicy;
};

/** What became of the lines that were judged. */
export type ImportOutcome = Omit<ImportedBatch, 'done'> & {
  /** Each line up to this one was judged. */
  readonly upTo: number;
};

/** Sends the file batch by batch, until it is over or a line is refused; a dry run goes on, to find them all. */
export async function sendImport(work: Import, terminal: Terminal): Promise<ImportOutcome> {
  const { contents, policy, fromLine } = work;
  const upTo = Math.max(1, fromLine - 1);
  let outcome: ImportOutcome = { dryRun: policy.dryRun, schemas: 'same', counts: {}, refused: [], unknown: [], upTo };
  const progress = progressOf(terminal, upTo);
  try {
    for await (const { done, ...result } of judged(work, upTo + 1, terminal)) {
      outcome = joined(outcome, result, done);
      progress.show(`line ${grouped(outcome.upTo)} of ${grouped(contents.lines)}`, outcome.upTo);
      if (outcome.refused.length > 0 && !policy.dryRun) break;
    }
    return outcome;
  } catch (error) {
    throw error instanceof AdminRefusal && outcome.upTo > 1 ? withPlace(error, outcome.upTo + 1) : error;
  } finally {
    progress.end();
  }
}

/** What a batch did not come to is sent again: what is done already is passed over. */
async function* judged(work: Import, firstLine: number, terminal: Terminal): AsyncGenerator<ImportedBatch> {
  let next = firstLine;
  for await (const batch of batches(work, terminal)) {
    let [left, tries] = [batch, 0];
    do {
      const result = await send(work, left, next, terminal);
      yield result;
      tries = result.done > 0 ? 0 : tries + 1;
      next += result.done;
      left = left.slice(result.done);
      if (left.length > 0 && tries === MOST_TRIES) throw new AdminRefusal('The directory is busy or cannot be reached.');
    } while (left.length > 0);
  }
}

const withPlace = (cause: AdminRefusal, next: number): AdminRefusal =>
  new AdminRefusal(`${cause.message}\nWhat comes before line ${next} is done: run it again, or go on with --from-line ${next}.`, { cause });

/** There is always one, even of no lines: the schemas are sent with it. */
async function* batches({ file, contents, fromLine }: Import, { readPieces }: Terminal): AsyncGenerator<readonly string[]> {
  let [batch, bytes, sent]: [string[], number, number] = [[], 0, 0];
  for await (const { number, text } of splitLines(readPieces(file))) {
    if (number === 1 || number < fromLine || number > lastOf(contents)) continue;
    batch.push(text);
    bytes += Buffer.byteLength(text);
    if (batch.length < MAX_IMPORT_LINES && bytes < BATCH_BYTES) continue;
    yield batch;
    sent += 1;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0 || sent === 0) yield batch;
}

/** What was counted, without the line that says how many there are. */
const lastOf = ({ lines, end }: FileContents): number => (end === undefined ? lines : lines - 1);

async function send(
  { target, by, contents, policy }: Import,
  lines: readonly string[],
  firstLine: number,
  terminal: Terminal,
): Promise<ImportedBatch> {
  const { header = '' } = contents;
  const request = { act: 'directory.import', by, header, lines, firstLine, ...policy } as const;
  const { result } = await askAdmin({ target, request, expect: importedBatchSchema }, terminal);
  return result;
}

function joined(before: ImportOutcome, { schemas, counts, refused, unknown }: Omit<ImportedBatch, 'done'>, done: number): ImportOutcome {
  const names = new Set([...Object.keys(before.counts), ...Object.keys(counts)]);
  return {
    ...before,
    schemas: before.schemas === 'same' ? schemas : before.schemas,
    counts: Object.fromEntries([...names].map((name) => [name, (before.counts[name] ?? 0) + (counts[name] ?? 0)])),
    refused: [...before.refused, ...refused].slice(0, NAMED),
    unknown: [...before.unknown, ...unknown].slice(0, NAMED),
    upTo: before.upTo + done,
  };
}

/** Lines that are named; all are counted. */
const NAMED = 1_000;
