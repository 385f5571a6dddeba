import { codeIn, type Page, type Row, rowsOf } from './markdown.ts';
import { readConstant } from './read-constant.ts';
import type { Finding, Repository } from './repository.ts';

const PAGE = 'docs/reference/limits.md';
const FEWEST_ROWS = 30;

/** What one of each unit is in the unit that a constant's name ends in. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  _MS: { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, days: 86_400_000 },
  _SECONDS: { s: 1, min: 60 },
  _BYTES: { bytes: 1, KiB: 1_024, MiB: 1_048_576 },
};

/**
 * Holds each row that names a constant against the code: `| what | 30 s | FRESH_MS in src/… |`, the constant and the
 * file in backticks. A row without a constant is a limit of AWS.
 */
export function checkLimits(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  const rows = rowsOf(page).filter(({ cells }) => /`[A-Z][A-Z_]+/.test(cells[2] ?? ''));
  if (rows.length < FEWEST_ROWS)
    return [{ file: PAGE, line: 1, message: `only ${rows.length} rows name a constant: has the table changed its form?` }];
  return rows.flatMap((row) => checkLimit(repository, page, row));
}

function checkLimit(repository: Repository, { file }: Page, { line, cells: [, written = '', where = ''] }: Row): readonly Finding[] {
  const constant = codeIn(where) ?? '';
  const source = /`([\w./-]+\.ts)`/.exec(where)?.[1];
  if (source === undefined || !repository.has(source)) {
    return [{ file, line, message: `${constant}: there is no file "${source ?? ''}"; name the one that holds it` }];
  }
  const value = readConstant(repository.text(source), constant);
  if (value === undefined) return [{ file, line, message: `${source} holds no number named ${constant}: correct the name` }];
  const claimed = quantity(written, constant);
  return claimed === value
    ? []
    : [{ file, line, message: `${constant} is ${value} in ${source}, and the page says "${written}": correct it` }];
}

/** Reads `30 s` or `1,024 bytes` in the unit of the constant; other words behind a number count for nothing. */
function quantity(written: string, constant: string): number {
  const [, digits = '', unit = ''] = /^([\d,.]+)\s*(\w*)/.exec(written) ?? [];
  const units = Object.entries(UNITS).find(([ending]) => constant.endsWith(ending))?.[1];
  return Number(digits.replaceAll(',', '')) * (units === undefined ? 1 : (units[unit] ?? Number.NaN));
}
