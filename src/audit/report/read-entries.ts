import type { LogSource } from '../log-source.ts';
import { entryOfLine } from './entry-of-line.ts';
import { REPORTED_EVENTS, readProvisioningLine } from './lines.ts';
import { naming, type Person, type Question } from './question.ts';
import type { Entry, Row } from './row.ts';

/** How far reading has come: lines of the log, and which time they have. */
export type Progress = (lines: number, time: string) => void;

/** A line whose form this version does not know; it may tell of anybody. */
export type Unreadable = { readonly countsAs: 'unreadable' };

/**
 * Reads what a report is made of, oldest first, and holds none of it.
 *
 * What happened to a person is read twice: their former names, and lines that know an id alone, are recognised by the ids
 * that lines with the name tell.
 */
export async function* readEntries(
  source: Pick<LogSource, 'read'>,
  { timespan, person, application }: Question,
  progress: Progress = () => undefined,
): AsyncGenerator<Entry | Unreadable> {
  const read = () => allEntries(source, timespan, progress);
  const isTheirs = person === undefined ? () => true : await recognising(person, read());
  for await (const entry of read()) {
    const isWanted = !('row' in entry) || (isTheirs(entry.row) && (application === undefined || entry.row.application === application));
    if (isWanted) yield entry;
  }
}

async function recognising(person: Person, entries: AsyncIterable<Entry | Unreadable>): Promise<(row: Row) => boolean> {
  const isNamed = naming(person);
  const ids = new Set<string>();
  for await (const entry of entries)
    if ('row' in entry && isNamed(entry.row) && entry.row.resourceId !== null) ids.add(entry.row.resourceId);
  return (row) => isNamed(row) || (row.resourceId !== null && ids.has(row.resourceId));
}

async function* allEntries(
  source: Pick<LogSource, 'read'>,
  timespan: Question['timespan'],
  progress: Progress,
): AsyncGenerator<Entry | Unreadable> {
  let lines = 0;
  for await (const record of source.read({ ...timespan, events: REPORTED_EVENTS })) {
    lines += 1;
    const line = readProvisioningLine(record);
    const entry = line === undefined ? ({ countsAs: 'unreadable' } as const) : entryOfLine(line);
    if (line !== undefined) progress(lines, line.time);
    if (entry !== undefined) yield entry;
  }
}
