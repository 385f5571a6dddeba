/** Expands `3: 14` to 3, 3.1 … 3.14: how many sections of the next level each section has. */
const sections = (counts: Readonly<Record<string, number>>, chapters: number): ReadonlySet<string> =>
  new Set([
    ...Array.from({ length: chapters }, (_, index) => String(index + 1)),
    ...Object.entries(counts).flatMap(([parent, count]) => Array.from({ length: count }, (_, index) => `${parent}.${index + 1}`)),
  ]);

/** Which sections the SCIM documents have. */
export const RFC_SECTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  7643: sections({ 1: 2, 2: 5, 2.3: 8, 3: 3, 4: 3, 4.1: 2, 8: 7, 8.7: 2, 9: 3, 10: 4 }, 11),
  7644: sections({ 1: 3, 2: 2, 3: 14, 3.3: 1, 3.4: 3, '3.4.2': 5, 3.5: 2, '3.5.2': 3, 3.7: 4, 6: 2, 7: 8, 7.5: 2, 8: 2, 9: 2 }, 9),
  9865: sections({ 1: 2, 2: 4, 5: 4, 7: 2 }, 7),
};
