import type { Finding, Repository } from './repository.ts';

const FOLDER = 'docs/adr';

/** Decisions are numbered from 1 without gaps, and each says its number, its title and its status. */
export function checkDecisions(repository: Repository): readonly Finding[] {
  return repository.files('.md', FOLDER).flatMap((file, index) => {
    const number = index + 1;
    const expected = `${FOLDER}/${String(number).padStart(4, '0')}-`;
    const [title = '', , status = ''] = repository.text(file).split('\n');
    return [
      ...(file.startsWith(expected)
        ? []
        : [{ file, line: 1, message: `the ${number}. decision must be called ${expected}….md: renumber` }]),
      ...(title.startsWith(`# ${number}. `) ? [] : [{ file, line: 1, message: `the title must begin with "# ${number}. "` }]),
      ...(/^\*\*Status:\*\* (proposed|accepted|superseded by \[\d+\])/.test(status)
        ? []
        : [{ file, line: 3, message: 'the third line must be "**Status:** proposed", "accepted" or "superseded by [NNNN](…)"' }]),
    ];
  });
}
