/** Renders rows as columns of even width under a heading; the first row's keys are the columns. */
export function renderTable(rows: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const headings = Object.keys(rows[0] ?? {});
  return columns([headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))]);
}

/** Renders lines of cells as columns of even width. */
export function columns(lines: readonly (readonly string[])[]): readonly string[] {
  const printed = lines.map((line) => line.map(printable));
  const widths = (printed[0] ?? []).map((_, index) => Math.max(...printed.map((line) => line[index]?.length ?? 0)));
  return printed.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A control character in a stored name must not reach the terminal, where it could rewrite what is on the screen. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');
