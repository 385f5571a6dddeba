import { describe, expect, it } from '@jest/globals';
import { chunksOf, lanesOf, parseLines, windowsOf } from '../../../../src/directory/transfer/import-windows.ts';
import { printMembers, printResource } from '../../../../src/directory/transfer/lines.ts';

const AT = '2026-01-31T12:00:00.000Z';
const idOf = (index: number): string => `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const about = { version: 1, created: AT, lastModified: AT, createdBy: 'default', externalIds: {}, attributes: {} };

const user = (index: number): string => printResource({ ...about, type: 'User', id: idOf(index) });
const membersOf = (group: number, count: number): string =>
  printMembers(
    { ...about, type: 'Group', id: idOf(group) },
    undefined,
    Array.from({ length: count }, (_, index) => ({ value: idOf(index), type: 'User' })),
    true,
  );

const sizes = (lines: readonly string[]): readonly number[] => windowsOf(parseLines(lines, 2)).map(({ length }) => length);

describe('windows', () => {
  it('are of 160 resources, or some thousand members, and never of both', () => {
    const users = Array.from({ length: 200 }, (_, index) => user(index));
    const groups = Array.from({ length: 6 }, (_, index) => membersOf(index + 5_000, 1_000));

    expect(sizes([...users, ...groups])).toEqual([160, 40, 4, 2]);
  });

  it('keep the order and the numbers of the lines, those that cannot be read among them', () => {
    const lines = windowsOf(parseLines([user(0), '{', '[]', user(1)], 7)).flat();

    expect(lines.map(({ number }) => number)).toEqual([7, 8, 9, 10]);
    expect(lines.map((line) => 'fault' in line)).toEqual([false, true, true, false]);
  });
});

describe('lanes', () => {
  it('hold what would stand in its own way: resources that one row counts, memberships of one group', () => {
    const resources = lanesOf(parseLines([user(1), user(2), user(17)], 2));
    const groups = lanesOf(parseLines([membersOf(1, 1), membersOf(2, 1), membersOf(1, 2)], 2));

    expect(resources.map((lane) => lane.map(({ number }) => number))).toEqual([[2, 4], [3]]);
    expect(groups.map((lane) => lane.map(({ number }) => number))).toEqual([[2, 4], [3]]);
  });

  it('are parted into what may fit a transaction', () => {
    const lane = parseLines(
      Array.from({ length: 25 }, (_, index) => user(index * 16)),
      2,
    );

    expect(chunksOf(lane).map(({ length }) => length)).toEqual([12, 12, 1]);
  });
});
