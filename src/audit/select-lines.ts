import { isFailure } from './failure.ts';
import { inOrder } from './in-order.ts';
import type { LogQuery, LogRecord } from './log-source.ts';
import { parseLine, writtenAtMs } from './parse-line.ts';
import type { LineQuery, RawLine } from './tenant-log.ts';

type ReadLine = { readonly line: RawLine; readonly record: LogRecord | undefined; readonly writtenMs: number };

/**
 * Leaves of the lines those that are asked for, in the order in which they were written.
 *
 * Every source goes through this, however much it has narrowed itself: that is why they all give the same.
 */
export async function* selectLines(lines: AsyncIterable<RawLine>, query: LineQuery): AsyncGenerator<RawLine> {
  for await (const { line } of selected(lines, query)) yield line;
}

/** The same, of the lines that are JSON. */
export async function* selectRecords(lines: AsyncIterable<RawLine>, query: LogQuery): AsyncGenerator<LogRecord> {
  for await (const { record } of selected(lines, query)) if (record !== undefined) yield record;
}

const selected = (lines: AsyncIterable<RawLine>, query: LineQuery): AsyncIterable<ReadLine> =>
  inOrder(matching(lines, query), ({ writtenMs }) => writtenMs);

async function* matching(lines: AsyncIterable<RawLine>, query: LineQuery): AsyncGenerator<ReadLine> {
  for await (const line of lines) {
    const record = parseLine(line.text);
    const writtenMs = writtenAtMs(record, line.atMs);
    const isWithin = writtenMs >= query.from.getTime() && writtenMs < query.to.getTime();
    if (isWithin && isAskedFor(line.text, record, query)) yield { line, record, writtenMs };
  }
}

function isAskedFor(text: string, record: LogRecord | undefined, { events, requestId, text: part, failures }: LineQuery): boolean {
  if (events !== undefined && !events.includes(String(record?.['event']))) return false;
  if (requestId !== undefined && record?.['requestId'] !== requestId) return false;
  if (part !== undefined && !text.includes(part)) return false;
  return failures === undefined || isFailure(text, record);
}

/** Leaves of the lines those that were written from then on, as they come. */
export async function* writtenSince(lines: AsyncIterable<RawLine>, from: Date): AsyncGenerator<RawLine> {
  for await (const line of lines) if (writtenAtMs(parseLine(line.text), line.atMs) >= from.getTime()) yield line;
}
