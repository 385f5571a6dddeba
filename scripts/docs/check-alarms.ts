import { ALARMS, type AlarmRule, runbookOf } from '../../lib/alarms.ts';
import { compareNames } from './compare-names.ts';
import { codeIn, headingsOf, rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const PAGE = 'docs/reference/metrics.md';
const TABLE = 'lib/alarms.ts';
const RUNBOOKS = 'docs/how-to/runbooks';
const SECTIONS = ['What it means', 'Whom it touches', 'Causes, the likeliest first', 'When it is over'];

/** When an alarm sounds, as the page has it. */
const conditionOf = ({ statistic, breaches, threshold, periodMinutes, periods }: AlarmRule): string =>
  `${statistic} ${breaches === 'atLeast' ? '≥' : '≤'} ${threshold.toLocaleString('en')} of ${periodMinutes} min, ${periods.breaching} of ${periods.of}`;

/** Holds the page of metrics against the alarms there are, and each of them against its runbook. */
export function checkAlarms(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  const rows = rowsUnder(page, 'Alarms');
  const rules = new Map<string | undefined, AlarmRule>(ALARMS.map((rule) => [rule.name, rule]));
  const wrong = rows.flatMap(({ line, cells: [name, metric, condition] }) => {
    const rule = rules.get(codeIn(name));
    if (rule === undefined) return [];
    const expected = [typeof rule.metric === 'string' ? rule.metric : rule.metric.name, conditionOf(rule)];
    const isRight = codeIn(metric) === expected[0] && condition === expected[1];
    return isRight ? [] : [{ file: PAGE, line, message: `${TABLE} has: ${expected.join(' | ')}` }];
  });
  return [
    ...compareNames({ page, rows, names: ALARMS.map(({ name }) => name), noun: `alarm of ${TABLE}` }),
    ...wrong,
    ...checkRunbooks(repository),
  ];
}

function checkRunbooks(repository: Repository): readonly Finding[] {
  const files = repository.files('.md', RUNBOOKS);
  const expected = ALARMS.map(runbookOf);
  const finding = (file: string, message: string): Finding => ({ file, line: 1, message });
  return [
    ...expected.filter((file) => !files.includes(file)).map((file) => finding(TABLE, `the runbook ${file} is missing: write it`)),
    ...files.filter((file) => !expected.includes(file)).map((file) => finding(file, `no alarm of ${TABLE} has this runbook: take it out`)),
    ...files.flatMap((file) => {
      const headings = headingsOf(repository.page(file)).map(({ text }) => text);
      return SECTIONS.filter((section) => !headings.includes(section)).map((section) =>
        finding(file, `the section "${section}" is missing`),
      );
    }),
  ];
}
