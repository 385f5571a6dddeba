import type { Repository } from './repository.ts';

/** A test as a page names it: a file, and a title in it unless the file is a conversation. */
export type NamedTest = { readonly file: string; readonly title?: string };

/** `[unit/scim/fold](../test/unit/scim/fold.test.ts) › takes %s for %s`, or a conversation file alone. */
const NAMED = /^\[([\w./-]+)\]\(\.\.\/test\/([\w./-]+?)(\.test\.ts|\.contract\.ts|\.json)\)(?: › (.+))?$/;

/** Reads what one line of a cell names; undefined if it is no test, or if text and target differ. */
export function readTest(written: string): NamedTest | undefined {
  const [, text, path = '', ending = '', title] = NAMED.exec(written) ?? [];
  const isConversation = ending === '.json' && path.startsWith('conversations/');
  if (text !== path || isConversation !== (title === undefined)) return undefined;
  return { file: `test/${path}${ending}`, ...(title === undefined ? {} : { title }) };
}

/** Says whether the file is there and something in it is called by this title: a test, a table of tests, or what they describe. */
export function holdsTest(repository: Repository, { file, title }: NamedTest): boolean {
  return repository.has(file) && (title === undefined || titlesIn(repository.text(file)).has(title));
}

/** Texts that begin the arguments of a call, as written but for the quotes escaped in them. */
const titlesIn = (source: string): ReadonlySet<string> =>
  new Set([...source.matchAll(/\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , title = '']) => title.replace(/\\(['"`])/g, '$1')));
