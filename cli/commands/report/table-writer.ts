import type { Row } from '../../../src/audit/report/row.ts';
import { printable } from '../../table.ts';
import { describeEnd, describeHead, instant } from './describe.ts';
import type { End, ReportWriter } from './writer.ts';

/** Fixed, because the first row goes out before the last one is known: 117 columns in all. */
const COLUMNS = [
  ['TIME (UTC)', 19],
  ['BY', 12],
  ['WHO', 26],
  ['ACTION', 7],
  ['OUTCOME', 9],
  ['CHANGED', 24],
  ['REQUEST', 8],
] as const;

/** For people: a row a line, and what went otherwise than asked for is explained on a second one. */
export const tableWriter = (): ReportWriter => ({
  begin: (head) => lines([...describeHead(head), '', cells(COLUMNS.map(([heading]) => heading))]),
  row: (row) => lines([cells(cellsOf(row)), ...explanationOf(row)]),
  end: (end) => lines(['', ...describeEnd(end), ...countsOf(end)]),
});

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

const cells = (texts: readonly string[]): string =>
  texts
    .map((text, index) => fitted(text, COLUMNS[index]?.[1] ?? 0))
    .join('  ')
    .trimEnd();

/** Columns are counted in characters as people see them. */
function fitted(text: string, width: number): string {
  const characters = [...printable(text)];
  return characters.length > width
    ? `${characters.slice(0, width - 1).join('')}…`
    : characters.join('') + ' '.repeat(width - characters.length);
}

const cellsOf = (row: Row): readonly string[] => [
  instant(row.time),
  row.application ?? (row.by === null ? '-' : `(${row.by})`),
  whoOf(row),
  row.action,
  row.outcome,
  row.changed.join(' '),
  row.requestId?.slice(0, 8) ?? '-',
];

const whoOf = ({ subject, previousSubject, resourceId }: Row): string =>
  previousSubject === null ? (subject ?? resourceId ?? '-') : `${subject ?? '-'} (${previousSubject})`;

function explanationOf({ reason, status, requestId }: Row): readonly string[] {
  if (reason === null) return [];
  const code = status === null || status < 400 ? '' : `${status} `;
  const request = requestId === null ? '' : ` (request ${requestId})`;
  return [`${' '.repeat(21)}${code}${reason}${request}`];
}

function countsOf({ summary }: End): readonly string[] {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  if (summary.rows === 0) return [];
  const byApplication = Object.fromEntries(summary.byApplication.map(({ application, rows }) => [application ?? '(none)', rows]));
  return [
    `By action: ${list(summary.byAction)}.`,
    `By application: ${list(byApplication)}.`,
    ...summary.byReason.map(({ reason, rows }) => `${String(rows).padStart(6)} × ${reason ?? '-'}`),
    ...timelineOf(summary),
  ];
}

const WIDEST = 40;

/** A bar for each step of time in which anything happened. */
function timelineOf({ timeline: { step, points } }: End['summary']): readonly string[] {
  const most = Math.max(1, ...points.map(({ changes, failures }) => changes + failures));
  const bar = (count: number, mark: string): string => mark.repeat(Math.ceil((count * WIDEST) / most));
  const busy = points.filter(({ changes, failures }) => changes + failures > 0);
  const digits = step === 'hour' ? 16 : 10;
  return busy.map(
    ({ from, changes, failures }) =>
      `${instant(from).slice(0, digits)}  ${bar(changes, '█')}${bar(failures, '░')} ${changes} changed, ${failures} failed`,
  );
}
