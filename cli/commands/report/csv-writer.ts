import { stringify } from 'csv-stringify/sync';
import type { Row } from '../../../src/audit/report/row.ts';
import type { ReportWriter } from './writer.ts';

const HEADINGS = [
  'time',
  'application',
  'by',
  'subject',
  'previousSubject',
  'resourceType',
  'resourceId',
  'action',
  'changed',
  'outcome',
  'refusal',
  'reason',
  'status',
  'requestId',
  'operation',
] as const satisfies readonly (keyof Row)[];

/** RFC 4180. A name may begin like a formula, which a spreadsheet would work out: those are put behind an apostrophe. */
export const csvWriter = (): ReportWriter => ({
  begin: () => print(HEADINGS),
  row: (row) => print(HEADINGS.map((heading) => cellOf(row[heading]))),
  end: () => '',
});

const print = (values: readonly (string | number)[]): string =>
  stringify([[...values]], { escape_formulas: true, record_delimiter: 'windows' });

const cellOf = (value: Row[keyof Row]): string | number => (typeof value === 'object' && value !== null ? value.join(' ') : (value ?? ''));
