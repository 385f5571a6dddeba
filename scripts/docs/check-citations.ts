import type { Finding, Repository } from './repository.ts';
import { RFC_SECTIONS } from './rfc-sections.ts';

const FOLDERS = ['src', 'lambdas', 'lib', 'local', 'cli'];

/** `RFC 7644 §3.5.2`, and further sections of it behind a comma: `RFC 7643 §3, §3.1`. */
const CITATION = /RFC (\d{4}) §(\d+(?:\.\d+)*)((?:, §\d+(?:\.\d+)*)*)/g;

/** Sections are cited in one form, so that they can be searched for, and those of the SCIM documents exist. */
export function checkCitations(repository: Repository): readonly Finding[] {
  return [...FOLDERS.flatMap((folder) => repository.files('.ts', folder)), ...repository.files('.md')].flatMap((file) =>
    repository
      .text(file)
      .split('\n')
      .flatMap((text, index) => checkLine(text).map((message) => ({ file, line: index + 1, message }))),
  );
}

export type Citation = { readonly rfc: string; readonly section: string };

export const citationsIn = (text: string): readonly Citation[] =>
  [...text.matchAll(CITATION)].flatMap(([, rfc = '', first = '', more = '']) =>
    [first, ...more.split(', §').slice(1)].map((section) => ({ rfc, section })),
  );

function checkLine(text: string): readonly string[] {
  const prose = text.replace(/`[^`]*`/g, '');
  const rest = prose.replace(CITATION, '');
  return [
    ...(/§/.test(rest) || /RFC-?\d{4}/.test(rest) ? ['cite a section as "RFC 7644 §3.5.2", document and section on one line'] : []),
    ...citationsIn(prose)
      .filter(({ rfc, section }) => RFC_SECTIONS[rfc]?.has(section) === false)
      .map(({ rfc, section }) => `RFC ${rfc} has no section ${section}: look it up`),
  ];
}
