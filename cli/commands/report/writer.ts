import type { Report } from '../../../src/audit/report/answer.ts';
import type { Row } from '../../../src/audit/report/row.ts';

/** What is known of a report before the first row. */
export type Head = Pick<Report, 'timespan' | 'retentionDays' | 'filters'> & {
  /** Which system it is of. */
  readonly title: string;
  /** It ends so close to now that not every line of it need have arrived. */
  readonly isFresh: boolean;
};

/** What is known after the last one. */
export type End = Pick<Report, 'identifiers' | 'summary'>;

/** Turns a report into text, piece by piece, so that a long one is never held as a whole. */
export interface ReportWriter {
  readonly begin: (head: Head) => string;
  readonly row: (row: Row) => string;
  readonly end: (end: End) => string;
}
