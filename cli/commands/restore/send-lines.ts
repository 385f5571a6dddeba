import { MAX_IMPORT_LINES } from '../../../src/access/acts/transfer-acts.ts';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { type ImportedBatch, importedBatchSchema } from '../../../src/directory/transfer/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import type { Terminal } from '../../terminal.ts';
import type { Asker } from './open-states.ts';

/** What is sent at once: the function is to be done with most of it before its time is over. */
const BATCH_BYTES = 1024 * 1024;
/** So often in a row, a batch may come to nothing. */
const MOST_TRIES = 3;

type Lines = { readonly header: string; readonly lines: AsyncIterable<string>; readonly show: (sent: number) => void };

/** What became of lines: how many of each outcome, and those that were refused. */
export type Sent = Pick<ImportedBatch, 'counts' | 'refused'>;

export const NOTHING_SENT: Sent = { counts: {}, refused: [] };

/** Has lines brought in, batch by batch. A refused one keeps no other from being judged. */
export async function sendLines(asker: Asker, { header, lines, show }: Lines, terminal: Terminal): Promise<Sent> {
  let [sum, sent] = [NOTHING_SENT, 0];
  for await (const batch of batchesOf(lines)) {
    let [left, tries] = [batch, 0];
    while (left.length > 0) {
      const request = { act: 'directory.import', by: asker.by, header, lines: left, firstLine: 2, onConflict: 'skip' } as const;
      const { result } = await askAdmin({ target: asker.target, request, expect: importedBatchSchema }, terminal);
      sum = joined(sum, result);
      left = left.slice(result.done);
      tries = result.done > 0 ? 0 : tries + 1;
      if (tries === MOST_TRIES) throw new AdminRefusal('The directory is busy or cannot be reached: run this again, and it goes on.');
    }
    sent += batch.length;
    show(sent);
  }
  return sum;
}

async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let [batch, bytes]: [string[], number] = [[], 0];
  for await (const line of lines) {
    batch.push(line);
    bytes += Buffer.byteLength(line);
    if (batch.length < MAX_IMPORT_LINES && bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

export function joined(left: Sent, right: Sent): Sent {
  const names = new Set([...Object.keys(left.counts), ...Object.keys(right.counts)]);
  return {
    counts: Object.fromEntries([...names].map((name) => [name, (left.counts[name] ?? 0) + (right.counts[name] ?? 0)])),
    refused: [...left.refused, ...right.refused],
  };
}
