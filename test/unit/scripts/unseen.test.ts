import { describe, expect, it } from '@jest/globals';
import { unseenIn } from '../../../scripts/cli-errors/unseen.ts';

const SOURCE = ['if (a) throw new UsageError("one");', 'throw b ? new AdminRefusal("two") : c;', 'throw new TypeError("no refusal");'].join(
  '\n',
);

const rangeOf = (line: number, start: number, end: number) => ({ start: { line, column: start }, end: { line, column: end } });
const seenAll = { path: 'f', statementMap: { 0: rangeOf(1, 0, 99), 1: rangeOf(2, 0, 99) }, s: { 0: 1, 1: 1 }, branchMap: {}, b: {} };

describe('the messages that no test sees', () => {
  it('are none where every line and branch was reached', () => {
    expect(unseenIn(SOURCE, seenAll)).toEqual([]);
  });

  it('are those on lines that were not reached', () => {
    expect(unseenIn(SOURCE, { ...seenAll, s: { 0: 0, 1: 1 } })).toEqual([{ line: 1, text: 'if (a) throw new UsageError("one");' }]);
  });

  it.each([
    ['the refusal', rangeOf(2, 10, 33), [2]],
    ['the other side', rangeOf(2, 33, 37), []],
  ])('are told by the branch where %s was not reached', (_side, range, lines) => {
    const found = unseenIn(SOURCE, { ...seenAll, branchMap: { 0: { locations: [range] } }, b: { 0: [0] } });

    expect(found.map(({ line }) => line)).toEqual(lines);
  });
});
