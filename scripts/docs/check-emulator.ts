import { ADAPTATIONS } from '../e2e/adaptations.ts';
import { codeIn, rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';
import { problemsOfTests } from './test-titles.ts';

const PAGE = 'docs/explanation/emulator.md';
const ADAPTED = 'Adapted before it is deployed';
const DIFFERENT = 'Different while it runs';
/** Fewer, and the table is no longer in the form that is read here. */
const FEWEST_DIFFERENCES = 8;

/** Holds what is said of the emulator against the adaptations there are, and against the tests that look after each difference. */
export function checkEmulator(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  const adapted = rowsUnder(page, ADAPTED);
  const different = rowsUnder(page, DIFFERENT);
  const named = new Set(adapted.map(({ cells }) => codeIn(cells[0])));
  const known = new Set(ADAPTATIONS.map(({ name }) => name));
  return [
    ...[...known].filter((name) => !named.has(name)).map((name) => finding(1, `no row tells of the adaptation "${name}": add one`)),
    ...adapted
      .filter(({ cells }) => !known.has(codeIn(cells[0]) ?? ''))
      .map(({ line, cells }) => finding(line, `"${cells[0]}" is no adaptation: take the row out`)),
    ...(different.length < FEWEST_DIFFERENCES
      ? [finding(1, `only ${different.length} rows tell of a difference: has the table changed its form?`)]
      : []),
    ...[...adapted, ...different].flatMap(({ line, cells }) =>
      problemsOfTests(repository, cells[2] ?? '').map((message) => finding(line, message)),
    ),
  ];
}

const finding = (line: number, message: string): Finding => ({ file: PAGE, line, message });
