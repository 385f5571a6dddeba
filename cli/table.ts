/** Renders rows as columns of even width under a heading; the first row's keys are the columns. */
export function renderTable(rows: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => printable(row[column] ?? '')))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A control character in a stored name must not reach the terminal, where it could rewrite what is on the screen. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');
