import { headingsOf, rowsOf } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';
import { problemsOfTests } from './test-titles.ts';

const PAGE = 'docs/explanation/security.md';
/** Each row of its tables: `| wants to | what stops them | the tests that show it |`. */
const FROM = 'Who could want what';
const TO = 'Encryption';
/** Fewer, and the tables are no longer in the form that is read here. */
const FEWEST_ROWS = 20;

/** Holds what is said to stop somebody against the tests that are said to show it. */
export function checkSecurity(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  const lineOf = (heading: string): number => headingsOf(page).find(({ text }) => text === heading)?.line ?? 0;
  const rows = rowsOf(page).filter(({ line }) => line > lineOf(FROM) && line < lineOf(TO));
  if (rows.length < FEWEST_ROWS)
    return [{ file: PAGE, line: 1, message: `only ${rows.length} rows say what stops somebody: has the table changed its form?` }];
  return rows.flatMap(({ line, cells }) => problemsOfTests(repository, cells[2] ?? '').map((message) => ({ file: PAGE, line, message })));
}
