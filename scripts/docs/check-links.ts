import { dirname, join } from 'node:path/posix';
import { headingsOf, type Link, linksOf } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const INDEX = 'docs/README.md';

/** Follows every relative link of every page, to the heading if it names one; links to elsewhere are not fetched. */
export function checkLinks(repository: Repository): readonly Finding[] {
  return repository.files('.md').flatMap((file) =>
    linksOf(repository.page(file))
      .filter(({ target }) => !/^[a-z]+:/.test(target))
      .flatMap((link) => checkLink(repository, file, link)),
  );
}

function checkLink(repository: Repository, file: string, { line, target }: Link): readonly Finding[] {
  const { path, anchor } = resolve(file, target);
  if (!repository.has(path)) return [{ file, line, message: `the link "${target}" leads nowhere: there is no ${path}` }];
  if (anchor === undefined || !path.endsWith('.md')) return [];
  const anchors = headingsOf(repository.page(path)).map((heading) => heading.anchor);
  if (anchors.includes(anchor)) return [];
  return [{ file, line, message: `${path} has no heading "#${anchor}": it has ${anchors.map((name) => `#${name}`).join(', ')}` }];
}

function resolve(file: string, target: string): { readonly path: string; readonly anchor: string | undefined } {
  const [path = '', anchor] = target.split('#');
  return { path: path === '' ? file : join(dirname(file), path).replace(/\/$/, ''), anchor };
}

/** Every page of the docs can be found from their index. */
export function checkIndex(repository: Repository): readonly Finding[] {
  const linked = new Set(linksOf(repository.page(INDEX)).map(({ target }) => resolve(INDEX, target).path));
  return repository
    .files('.md', 'docs')
    .filter((file) => file !== INDEX && !linked.has(file))
    .map((file) => ({ file: INDEX, line: 1, message: `${file} is not listed: add a link to it` }));
}
