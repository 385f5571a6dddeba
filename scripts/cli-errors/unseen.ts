type Place = { readonly line: number; readonly column: number };
type Range = { readonly start: Place; readonly end: Place };

/** What Istanbul's JSON says of one file. */
export type FileCoverage = {
  readonly path: string;
  readonly statementMap: Readonly<Record<string, Range>>;
  readonly s: Readonly<Record<string, number>>;
  readonly branchMap: Readonly<Record<string, { readonly locations: readonly Range[] }>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
};

const REFUSAL = /new (?:UsageError|AdminRefusal)\(/g;

/** The places where a refusal is made that nothing reached. */
export function unseenIn(source: string, coverage: FileCoverage): readonly { readonly line: number; readonly text: string }[] {
  const missed = missedRanges(coverage);
  return source.split('\n').flatMap((text, index) => {
    const places = [...text.matchAll(REFUSAL)].map((match) => ({ line: index + 1, column: match.index }));
    return places.some((place) => missed.some((range) => contains(range, place))) ? [{ line: index + 1, text: text.trim() }] : [];
  });
}

const missedRanges = ({ statementMap, s, branchMap, b }: FileCoverage): readonly Range[] => [
  ...Object.entries(statementMap).flatMap(([key, range]) => (s[key] === 0 ? [range] : [])),
  ...Object.entries(branchMap).flatMap(([key, { locations }]) => locations.filter((_, index) => b[key]?.[index] === 0)),
];

const contains = ({ start, end }: Range, place: Place): boolean => !isBefore(place, start) && isBefore(place, end);

const isBefore = (a: Place, b: Place): boolean => a.line < b.line || (a.line === b.line && a.column < b.column);
