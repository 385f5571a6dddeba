import { REFUSALS } from '../../src/scim/errors.ts';
import { ALL_LENIENCIES } from '../../src/scim/leniency.ts';
import { compareNames } from './compare-names.ts';
import { codeIn, type Page, type Row, rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const ERRORS = 'docs/reference/errors.md';
const LENIENCIES = 'docs/reference/leniencies.md';

/** Holds the table of refusals against the catalogue: the same kinds, each with its status and scimType. */
export function checkErrors(repository: Repository): readonly Finding[] {
  const page = repository.page(ERRORS);
  const rows = rowsUnder(page, 'Refusals');
  const names = Object.keys(REFUSALS);
  return [...compareNames({ page, rows, names, noun: 'refusal of src/scim/errors.ts' }), ...rows.flatMap((row) => checkRefusal(page, row))];
}

function checkRefusal({ file }: Page, { line, cells: [kind, status, scimType] }: Row): readonly Finding[] {
  const refusal: { readonly status: number; readonly scimType?: string } | undefined = Object.entries(REFUSALS).find(
    ([name]) => name === codeIn(kind),
  )?.[1];
  if (refusal === undefined) return [];
  const differences = [
    ...(status === String(refusal.status) ? [] : [`status ${refusal.status}, not ${status}`]),
    ...(codeIn(scimType) === refusal.scimType ? [] : [`scimType ${refusal.scimType ?? 'none'}, not ${scimType}`]),
  ];
  return differences.map((difference) => ({ file, line, message: `${kind} has ${difference}: correct the row` }));
}

export function checkLeniencies(repository: Repository): readonly Finding[] {
  const page = repository.page(LENIENCIES);
  return compareNames({
    page,
    rows: rowsUnder(page, 'What is forgiven'),
    names: [...ALL_LENIENCIES],
    noun: 'leniency of src/scim/leniency.ts',
  });
}
