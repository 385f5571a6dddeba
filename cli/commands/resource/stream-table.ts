import { printable } from '../../table.ts';

/** Prints rows as they come: the columns are as wide as the heading and the first rows need. */
export function streamTable(headings: readonly string[], print: (line: string) => void): (rows: readonly (readonly string[])[]) => void {
  let widths: readonly number[] | undefined;
  return (rows) => {
    const printed = rows.map((row) => row.map(printable));
    const isFirst = widths === undefined;
    const known = widths ?? headings.map((heading, at) => Math.max(heading.length, ...printed.map((row) => (row[at] ?? '').length)));
    widths = known;
    for (const row of isFirst ? [headings, ...printed] : printed)
      print(
        row
          .map((cell, at) => cell.padEnd(known[at] ?? 0))
          .join('  ')
          .trimEnd(),
      );
  };
}
