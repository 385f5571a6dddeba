import type { Repository } from './repository.ts';

/** A test as a page names it: a file, and a title in it unless the file is a conversation. */
type NamedTest = { readonly file: string; readonly title?: string };

/** `[unit/scim/fold](../test/unit/scim/fold.test.ts) › takes %s for %s`, or a conversation file alone. */
const NAMED = /^\[([\w./-]+)\]\((?:\.\.\/)+test\/([\w./-]+?)(\.test\.ts|\.contract\.ts|\.json)\)(?: › (.+))?$/;

/** Reads what one line of a cell names; undefined if it is no test, or if text and target differ. */
function readTest(written: string): NamedTest | undefined {
  const [, text, path = '', ending = '', title] = NAMED.exec(written) ?? [];
  const isConversation = ending === '.json' && path.startsWith('conversations/');
  if (text !== path || isConversation !== (title === undefined)) return undefined;
  return { file: `test/${path}${ending}`, ...(title === undefined ? {} : { title }) };
}

const PENDING = '(pending)';

/** What is wrong with a cell that names tests, one a line. */
export const problemsOfTests = (repository: Repository, cell: string): readonly string[] =>
  cell.split('<br>').flatMap((written) => {
    if (written === PENDING) return ['no test shows this yet: write one and name it'];
    const test = readTest(written);
    if (test === undefined) return [`"${written}" names no test: write [unit/x](../test/unit/x.test.ts) › its title`];
    return holdsTest(repository, test) ? [] : [`${test.file} has no test "${test.title ?? ''}": name the one that shows it`];
  });

/** Says whether the file is there and something in it is called by this title: a test, a table of tests, or what they describe. */
function holdsTest(repository: Repository, { file, title }: NamedTest): boolean {
  return repository.has(file) && (title === undefined || titlesIn(repository.text(file)).has(title));
}

/** Texts that begin the arguments of a call, as written but for the quotes escaped in them. */
const titlesIn = (source: string): ReadonlySet<string> =>
  new Set([...source.matchAll(/\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , title = '']) => title.replace(/\\(['"`])/g, '$1')));
