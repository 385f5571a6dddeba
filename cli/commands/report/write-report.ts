import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { LATEST_ARRIVAL_MS } from '../../../src/audit/in-order.ts';
import type { LogSource } from '../../../src/audit/log-source.ts';
import { isHashed, type Question } from '../../../src/audit/report/question.ts';
import { type Progress, readEntries } from '../../../src/audit/report/read-entries.ts';
import { Tally } from '../../../src/audit/report/summary.ts';
import type { AdminTarget } from '../../../src/runtime/admin-client.ts';
import { cancellable } from '../../cancellable.ts';
import type { Terminal } from '../../terminal.ts';
import type { Output } from '../transfer/output.ts';
import { grouped } from '../transfer/rate.ts';
import { csvWriter } from './csv-writer.ts';
import { describeEnd, describeHead, instant, number } from './describe.ts';
import { htmlWriter } from './html-writer.ts';
import { jsonWriter } from './json-writer.ts';
import { tableWriter } from './table-writer.ts';
import type { End, Head, ReportWriter } from './writer.ts';

export const FORMATS = ['table', 'csv', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

const WRITERS: Readonly<Record<Format, () => ReportWriter>> = { table: tableWriter, csv: csvWriter, json: jsonWriter, html: htmlWriter };

export type Wanted = {
  readonly target: AdminTarget;
  readonly question: Question;
  readonly format: Format;
  /** A file; standard output where there is none. */
  readonly output: string | undefined;
  readonly title: string;
};

/** Reads the log and writes the report as it goes. */
export const writeReport = (wanted: Wanted, terminal: Terminal): Promise<void> =>
  cancellable(terminal.onInterrupt, async (signal) => writeFrom(await terminal.openLog(wanted.target, signal), wanted, terminal));

async function writeFrom(source: LogSource, { target, question, format, output: path, title }: Wanted, terminal: Terminal): Promise<void> {
  const head = headOf(question, (await source.retentionDays()) ?? null, { title, isFresh: isFresh(target, question, terminal.now()) });
  const output = path === undefined ? printing(terminal) : await openFile(path, terminal);
  const end = await writeAll(source, question, head, { writer: WRITERS[format](), output }, terminal)
    .catch((error: unknown) => {
      if (path !== undefined) terminal.say(`${path} is not complete: leave it aside, and make the report again.`);
      throw error;
    })
    .finally(() => output.close());
  tell(head, end, { format, path }, terminal);
}

/** A piece ends where a row does, so a line that ends there stands in nobody's way. */
const printing = ({ print }: Terminal): Output => ({
  write: async (text) => print(text.endsWith('\n') ? text.slice(0, -1) : text),
  close: async () => undefined,
});

const openFile = (path: string, { openOutput }: Terminal): Promise<Output> =>
  openOutput(path, 0).catch((cause: unknown) => {
    throw new AdminRefusal(`${path} cannot be written: name a file in a folder that is there.`, { cause });
  });

/** The local file has a line as soon as it is written. */
const isFresh = ({ kind }: AdminTarget, { timespan: { to } }: Question, now: Date): boolean =>
  kind === 'deployed' && to.getTime() > now.getTime() - LATEST_ARRIVAL_MS;

const headOf = (
  { timespan: { from, to }, person, application }: Question,
  retentionDays: number | null,
  more: Pick<Head, 'title' | 'isFresh'>,
): Head => ({
  ...more,
  timespan: { from: from.toISOString(), to: to.toISOString() },
  retentionDays,
  filters: { user: person?.identifier ?? null, application: application ?? null },
});

type Destination = { readonly writer: ReportWriter; readonly output: Output };

/** Rows are written together: one at a time, a long report would wait for the disk at each. */
const CHUNK = 64 * 1024;

async function writeAll(
  source: Pick<LogSource, 'read'>,
  question: Question,
  head: Head,
  { writer, output }: Destination,
  terminal: Terminal,
): Promise<End> {
  const tally = new Tally(question.timespan);
  let [pending, hasHashes] = [writer.begin(head), false];
  for await (const entry of readEntries(source, question, progressOn(terminal))) {
    tally.add(entry);
    if (entry.countsAs !== 'row') continue;
    pending += writer.row(entry.row);
    hasHashes ||= isHashed(entry.row);
    if (pending.length < CHUNK) continue;
    await output.write(pending);
    pending = '';
  }
  const end: End = { identifiers: hasHashes ? 'hashed' : 'plain', summary: tally.summary };
  await output.write(pending + writer.end(end));
  terminal.progress?.('');
  return end;
}

const SHOWN_EVERY = 1_000;

const progressOn =
  ({ progress }: Terminal): Progress =>
  (lines, time) => {
    if (lines % SHOWN_EVERY === 0) progress?.(`${grouped(lines)} lines read, up to ${instant(time)} UTC`);
  };

/** What a table says itself is said to the person at the terminal where the report is for a program, or in a file. */
function tell(
  head: Head,
  end: End,
  { format, path }: Pick<Wanted, 'format'> & { readonly path: string | undefined },
  { say }: Terminal,
): void {
  const isSilent = format === 'json' && path === undefined;
  if (path !== undefined) say(`Wrote ${number(end.summary.rows, 'row')} to ${path}.`);
  if (!isSilent && (format !== 'table' || path !== undefined))
    for (const sentence of [...describeHead(head), ...describeEnd(end)]) say(sentence);
}
