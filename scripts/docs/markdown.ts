/** A Markdown page, cut into lines, of which those inside fenced blocks are known. */
export type Page = { readonly file: string; readonly lines: readonly Line[] };

type Line = { readonly number: number; readonly text: string; readonly isFenced: boolean };

export type Heading = { readonly line: number; readonly text: string; readonly anchor: string };
export type Link = { readonly line: number; readonly target: string };
export type Row = { readonly line: number; readonly cells: readonly string[] };

/** A fenced block, with the comment that stands on the line above it: `<!-- run: local -->` gives `run: local`. */
export type Fence = { readonly line: number; readonly language: string; readonly mark: string | undefined; readonly text: string };

export function parsePage(file: string, text: string): Page {
  let isOpen = false;
  const lines = text.split('\n').map((content, index) => {
    const isEdge = isFenceEdge(content);
    const isFenced = isOpen || isEdge;
    if (isEdge) isOpen = !isOpen;
    return { number: index + 1, text: content, isFenced };
  });
  return { file, lines };
}

/** Fences in lists are indented. */
const isFenceEdge = (text: string): boolean => text.trimStart().startsWith('```');

const prose = ({ lines }: Page): readonly Line[] => lines.filter(({ isFenced }) => !isFenced);

/** Lists headings with the anchors GitHub gives them: lower case, blanks to hyphens, punctuation gone, repeats numbered. */
export function headingsOf(page: Page): readonly Heading[] {
  const seen = new Map<string, number>();
  return prose(page).flatMap(({ number, text }) => {
    const title = /^#{1,6} +(.+?) *$/.exec(text)?.[1];
    if (title === undefined) return [];
    const slug = slugOf(title);
    const repeats = seen.get(slug) ?? 0;
    seen.set(slug, repeats + 1);
    return [{ line: number, text: title, anchor: repeats === 0 ? slug : `${slug}-${repeats}` }];
  });
}

const slugOf = (title: string): string =>
  title
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

export const linksOf = (page: Page): readonly Link[] =>
  prose(page).flatMap(({ number, text }) =>
    [...text.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ line: number, target })),
  );

/** Lists the rows of all tables in the section under a heading, without their heads. */
export function rowsUnder(page: Page, heading: string): readonly Row[] {
  const from = headingsOf(page).find(({ text }) => text === heading)?.line ?? Number.POSITIVE_INFINITY;
  const to = headingsOf(page).find(({ line }) => line > from)?.line ?? Number.POSITIVE_INFINITY;
  return rowsOf(page).filter(({ line }) => line > from && line < to);
}

export function rowsOf(page: Page): readonly Row[] {
  const lines = prose(page);
  const isRow = (at: number): boolean => lines[at]?.text.trimStart().startsWith('|') ?? false;
  const isRule = (at: number): boolean => /^\s*\|[\s|:-]+\|$/.test(lines[at]?.text ?? '');
  return lines.flatMap(({ number, text }, at) =>
    isRow(at) && !isRule(at) && !isRule(at + 1) ? [{ line: number, cells: cellsOf(text) }] : [],
  );
}

const cellsOf = (row: string): readonly string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** The first thing in backticks. */
export const codeIn = (cell: string | undefined): string | undefined => /`([^`]+)`/.exec(cell ?? '')?.[1];

export function fencesOf({ lines }: Page): readonly Fence[] {
  const edges = lines.filter(({ text }) => isFenceEdge(text));
  return edges.flatMap((open, at) => {
    const close = edges[at + 1];
    if (at % 2 === 1 || close === undefined) return [];
    const indent = open.text.indexOf('`');
    const mark = /^\s*<!-- (.+) -->$/.exec(lines[open.number - 2]?.text ?? '')?.[1];
    const body = lines.slice(open.number, close.number - 1).map(({ text }) => text.slice(indent));
    return [{ line: open.number, language: open.text.slice(indent + 3).trim(), mark, text: body.join('\n') }];
  });
}
