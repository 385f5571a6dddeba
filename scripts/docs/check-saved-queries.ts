import { SAVED_QUERIES, type SavedQuery } from '../../lib/saved-queries.ts';
import { parseQuery } from '../../src/audit/query-language/parse-query.ts';
import { compareNames } from './compare-names.ts';
import { codeIn, rowsOf, rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const PAGE = 'docs/reference/saved-queries.md';
const FIELDS = 'docs/reference/log-fields.md';
const QUERIES = 'lib/saved-queries.ts';

/** Holds the page against the queries: the same ones, each with its question; and each query against the fields that lines have. */
export function checkSavedQueries(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  const rows = rowsUnder(page, 'Saved queries');
  const fields = new Set(rowsOf(repository.page(FIELDS)).flatMap(({ cells: [name] }) => codeIn(name) ?? []));
  const questions = rows.flatMap(({ line, cells: [name, question] }) => {
    const asked = SAVED_QUERIES.find((query) => query.name === codeIn(name))?.asks;
    return asked === undefined || asked === question ? [] : [{ file: PAGE, line, message: `${name} asks "${asked}": correct the row` }];
  });
  const names = SAVED_QUERIES.map(({ name }) => name);
  return [
    ...compareNames({ page, rows, names, noun: `saved query of ${QUERIES}` }),
    ...questions,
    ...SAVED_QUERIES.flatMap((query) => unknownFields(query, fields)),
  ];
}

const unknownFields = ({ name, query }: SavedQuery, fields: ReadonlySet<string>): readonly Finding[] =>
  fieldsIn(query)
    .filter((field) => !fields.has(field.replace(/\.\d+$/, '')))
    .map((field) => ({ file: QUERIES, line: 1, message: `the query "${name}" names "${field}", which no line has: see ${FIELDS}` }));

/** What a query reads; it sorts by columns of its own making. */
const fieldsIn = (query: string): readonly string[] => [
  ...new Set(parseQuery(query).flatMap((command) => (command.kind === 'sort' ? [] : fieldsOf(command)))),
];

function fieldsOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(fieldsOf);
  if ('kind' in node && node.kind === 'field' && 'name' in node) return [String(node.name)];
  return Object.values(node).flatMap(fieldsOf);
}
