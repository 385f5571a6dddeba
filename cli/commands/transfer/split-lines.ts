import { AdminRefusal } from '../../../src/access/admin-refusal.ts';

export type SplitLine = {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Bytes of the file up to its end. */
  readonly endsAt: number;
  /** Its end was there; the last line of a file that broke off has none. */
  readonly isWhole: boolean;
};

const NEW_LINE = 0x0a;

/** Far beyond what the directory keeps of one resource: this is another kind of file. */
const LONGEST_LINE_BYTES = 4 * 1024 * 1024;

/** Parts a file of any size into its lines. */
export async function* splitLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SplitLine> {
  let [number, endsAt] = [0, 0];
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    let begin = 0;
    for (let end = rest.indexOf(NEW_LINE); end >= 0; end = rest.indexOf(NEW_LINE, begin)) {
      number += 1;
      endsAt += end + 1 - begin;
      yield { text: rest.toString('utf8', begin, end), number, endsAt, isWhole: true };
      begin = end + 1;
    }
    rest = rest.subarray(begin);
    if (rest.length > LONGEST_LINE_BYTES) throw new AdminRefusal(`line ${number + 1}: is longer than any line of an export.`);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), number: number + 1, endsAt: endsAt + rest.length, isWhole: false };
}
