import { citationsIn } from './check-citations.ts';
import { headingsOf, type Page, rowsOf } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';
import { RFC_SECTIONS } from './rfc-sections.ts';
import { problemsOfTests } from './test-titles.ts';

const PAGE = 'docs/compatibility.md';
/** Fewer, and the tables are no longer in the form that is read here. */
const FEWEST_ROWS = 200;
const CLIENTS = 'What binds the client';
const CITING = ['src', 'lambdas'];

/** A row: `| RFC 7644 §3.3 | what is required | what is done here | the test that shows it |`; of the client's only the first two. */
type Requirement = {
  readonly line: number;
  readonly cells: readonly string[];
  readonly rfc: string;
  readonly section: string;
  readonly binds: 'provider' | 'client';
};

/** Holds the table of requirements against the tests it names, and against the sections that the code cites. */
export function checkCompatibility(repository: Repository): readonly Finding[] {
  const rows = requirementsOf(repository.page(PAGE));
  if (rows.length < FEWEST_ROWS)
    return [{ file: PAGE, line: 1, message: `only ${rows.length} rows are requirements: has the table changed its form?` }];
  return [
    ...rows.flatMap((row) => problemsOf(repository, row).map((message) => ({ file: PAGE, line: row.line, message }))),
    ...misplaced(rows),
    ...repeated(rows),
    ...uncovered(repository, rows),
  ];
}

function requirementsOf(page: Page): readonly Requirement[] {
  const clients = headingsOf(page).find(({ text }) => text === CLIENTS)?.line ?? Number.POSITIVE_INFINITY;
  return rowsOf(page).map(({ line, cells }) => {
    const [, rfc = '', section = ''] = /^RFC (\d{4}) §(\d+(?:\.\d+)*)$/.exec(cells[0] ?? '') ?? [];
    return { line, cells, rfc, section, binds: line > clients ? 'client' : 'provider' };
  });
}

function problemsOf(repository: Repository, { cells, rfc, section, binds }: Requirement): readonly string[] {
  if (rfc === '') return ['a row begins with its section alone, as "RFC 7644 §3.5.2": correct the first cell'];
  if (RFC_SECTIONS[rfc]?.has(section) !== true) return [`RFC ${rfc} has no section ${section}: look it up`];
  const wanted = binds === 'client' ? 2 : 4;
  if (cells.length !== wanted || cells.includes('')) {
    return ['a row has its section, the requirement, what is done here and a test, or the first two if it binds the client: fill it in'];
  }
  return binds === 'client' ? [] : problemsOfTests(repository, cells[3] ?? '');
}

function misplaced(rows: readonly Requirement[]): readonly Finding[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    if (before === undefined || before.binds !== row.binds || placeOf(before) <= placeOf(row)) return [];
    return [{ file: PAGE, line: row.line, message: `RFC ${row.rfc} §${row.section} comes before the row above: move it` }];
  });
}

/** A text that sorts as the sections do. */
const placeOf = ({ rfc, section }: Requirement): string => [rfc, ...section.split('.').map((part) => part.padStart(3, '0'))].join('.');

function repeated(rows: readonly Requirement[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ line, cells: [section = '', requirement = ''] }) => {
    const key = `${section} ${requirement}`.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, line);
    return first === undefined ? [] : [{ file: PAGE, line, message: `this requirement is in line ${first} already: take one of them out` }];
  });
}

/** Sections that the code cites and no row has: neither the section itself, nor one it is part of, nor a part of it. */
function uncovered(repository: Repository, rows: readonly Requirement[]): readonly Finding[] {
  const isWithin = (part: string, whole: string): boolean => part === whole || part.startsWith(`${whole}.`);
  const covers = (rfc: string, section: string): boolean =>
    rows.some((row) => row.rfc === rfc && (isWithin(section, row.section) || isWithin(row.section, section)));
  return CITING.flatMap((folder) => repository.files('.ts', folder)).flatMap((file) =>
    repository
      .text(file)
      .split('\n')
      .flatMap((text, index) =>
        citationsIn(text)
          .filter(({ rfc, section }) => RFC_SECTIONS[rfc] !== undefined && !covers(rfc, section))
          .map(({ rfc, section }) => ({
            file,
            line: index + 1,
            message: `${PAGE} has no row on RFC ${rfc} §${section}: add what it asks for`,
          })),
      ),
  );
}
