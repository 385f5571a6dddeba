import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkCompatibility } from '../../scripts/docs/check-compatibility.ts';
import { openRepository } from '../../scripts/docs/repository.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGE = 'docs/compatibility.md';
const asItIs = openRepository(ROOT);

const findingsIn = (file: string, text: string): readonly string[] =>
  checkCompatibility(openRepository(ROOT, { [file]: text })).map(({ message }) => message);

const rowOn = (section: string): string => {
  const row = asItIs
    .text(PAGE)
    .split('\n')
    .find((line) => line.startsWith(`| RFC ${section} |`));
  if (row === undefined) throw new TypeError(`the page has no row on RFC ${section}`);
  return `${row}\n`;
};

/** One thing wrong with a row, or with what it names, and what has to be said about it. */
const PLANTED: readonly (readonly [title: string, section: string, plant: (row: string) => string, says: string])[] = [
  ['a test that is gone', '7644 §7.4', (row) => row.replace('› has a prefix', '› had a prefix'), 'has no test "had a prefix'],
  ['a file that is gone', '7644 §7.4', (row) => row.replaceAll('access/token', 'access/tokens'), 'test/unit/access/tokens.test.ts has no'],
  ['a conversation that is gone', '7644 §3.8', (row) => row.replaceAll('50-media', '99-media'), '99-media-types.json has no test'],
  ['a link that says another file', '7644 §3.8', (row) => row.replace('[conversations/rfc/50', '[conversations/rfc/51'), 'names no test'],
  ['a test without its title', '7644 §7.4', (row) => row.replace(/ › .*/, ' |'), 'names no test'],
  ['a test that is still to come', '7644 §3.8', (row) => row.replace(/\[.*/, '(pending) |'), 'no test shows this yet'],
  ['a second test that is still to come', '7644 §3.8', (row) => row.replace(/ \|\n$/, '<br>(pending) |\n'), 'no test shows this yet'],
  ['an empty cell', '7644 §3.8', (row) => row.replace(/\[.*/, ' |'), 'fill it in'],
  ['a cell too few', '7644 §3.8', (row) => row.replace(/\| \[.*/, '|'), 'fill it in'],
  ['a row that looks like a client’s', '7644 §3.8', (row) => `${row.split(' | ').slice(0, 2).join(' | ')} |\n`, 'fill it in'],
  ['a section that does not exist', '7644 §3.8', (row) => row.replace('§3.8', '§3.99'), 'no section 3.99'],
  ['a document nobody has listed', '7644 §3.8', (row) => row.replace('7644', '7642'), 'RFC 7642 has no section'],
  ['a section in another form', '7644 §3.8', (row) => row.replace('RFC 7644 §3.8', 'RFC7644 3.8'), 'begins with its section'],
  ['a row out of its order', '7644 §3.8', (row) => row.replace('§3.8', '§3.7.3'), 'comes before the row above'],
  ['a requirement that is there twice', '7644 §3.8', (row) => row + row, 'already'],
  ['a client’s row out of its order', '7644 §7.1', (row) => row.replace('§7.1', '§3.1'), 'comes before the row above'],
];

describe('the table of requirements', () => {
  it.each(PLANTED)('is held against %s', (_title, section, plant, says) => {
    const row = rowOn(section);
    const text = asItIs.text(PAGE).replace(row, () => plant(row));

    expect(text).not.toBe(asItIs.text(PAGE));
    expect(findingsIn(PAGE, text)).toContainEqual(expect.stringContaining(says));
  });

  it('is held against a section that comes into the code and has no row', () => {
    const text = asItIs.text(PAGE).replace(rowOn('7643 §10.3'), '');

    expect(findingsIn(PAGE, text)).toContainEqual(expect.stringContaining('no row on RFC 7643 §10.3'));
  });

  it('covers a section by a row on its part, or on what it is part of', () => {
    const cited = (section: string): readonly string[] => findingsIn('src/scim/urn.ts', `/** RFC 7643 §${section}. */\n`);

    expect(cited('2.3').filter((message) => message.includes('§2.3'))).toEqual([]);
    expect(cited('8.7').filter((message) => message.includes('no row'))).toEqual([expect.stringContaining('RFC 7643 §8.7')]);
  });

  it('is missed when its form is no longer what is read', () => {
    expect(findingsIn(PAGE, '# Compatibility\n')).toEqual([expect.stringContaining('only 0 rows')]);
  });
});
