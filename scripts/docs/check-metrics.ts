import { METRIC_UNITS } from '../../src/runtime/metric-names.ts';
import { compareNames } from './compare-names.ts';
import { codeIn, rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const PAGE = 'docs/reference/metrics.md';
const NAMES = 'src/runtime/metric-names.ts';

/** Holds the page of metrics against those there are, units included. */
export function checkMetrics(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  const rows = rowsUnder(page, 'What is sent');
  const units = new Map<string | undefined, string>(Object.entries(METRIC_UNITS));
  const wrong = rows.flatMap(({ line, cells: [name, unit] }) => {
    const expected = units.get(codeIn(name));
    return expected === undefined || expected === unit ? [] : [{ file: PAGE, line, message: `the unit in ${NAMES} is ${expected}` }];
  });
  return [...compareNames({ page, rows, names: Object.keys(METRIC_UNITS), noun: `metric of ${NAMES}` }), ...wrong];
}
