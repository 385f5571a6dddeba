import { codeIn, type Page, type Row } from './markdown.ts';
import type { Finding } from './repository.ts';

export type Comparison = {
  readonly page: Page;
  /** Rows whose first cell names the thing, in backticks. */
  readonly rows: readonly Row[];
  /** What there is in the code. */
  readonly names: readonly string[];
  /** What one of them is, and where they are declared: `refusal of src/scim/errors.ts`. */
  readonly noun: string;
};

/** Compares what a table lists with what there is, both ways. */
export function compareNames({ page: { file }, rows, names, noun }: Comparison): readonly Finding[] {
  const listed = rows.map(({ line, cells }) => ({ line, name: codeIn(cells[0]) }));
  const at = listed[0]?.line ?? 1;
  return [
    ...listed.flatMap(({ line, name }, index) => {
      if (name === undefined) return [{ file, line, message: `the first cell names no ${noun} in backticks` }];
      if (!names.includes(name)) return [{ file, line, message: `"${name}" is no ${noun}: correct the name, or take the row out` }];
      const isRepeat = listed.findIndex((other) => other.name === name) < index;
      return isRepeat ? [{ file, line, message: `"${name}" is listed twice: take one of the rows out` }] : [];
    }),
    ...names
      .filter((name) => !listed.some((row) => row.name === name))
      .map((name) => ({ file, line: at, message: `the table lacks "${name}", a ${noun}: add a row` })),
  ];
}
