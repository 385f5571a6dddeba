import { BITS, endOf, type IpFamily, type IpRange } from './ip-range.ts';

/** The fewest ranges that hold the same addresses, IPv4 first, in order. */
export const collapseIpRanges = (ranges: readonly IpRange[]): readonly IpRange[] =>
  (['ipv4', 'ipv6'] as const).flatMap((family) => spansOf(ranges, family).flatMap((span) => cut(span, family)));

/** All addresses from one up to, but not including, another. */
type Span = { readonly first: bigint; readonly end: bigint };

/** Joins what overlaps or touches. */
function spansOf(ranges: readonly IpRange[], family: IpFamily): readonly Span[] {
  const ordered = ranges.filter((range) => range.family === family).sort((left, right) => (left.first < right.first ? -1 : 1));
  const spans: Span[] = [];
  for (const range of ordered) {
    const { first, end } = { first: range.first, end: endOf(range) };
    const last = spans.at(-1);
    if (last === undefined || first > last.end) spans.push({ first, end });
    else if (end > last.end) spans[spans.length - 1] = { first: last.first, end };
  }
  return spans;
}

/** A range begins at a multiple of its own size: the largest that fits comes first. */
function cut({ first, end }: Span, family: IpFamily): readonly IpRange[] {
  const ranges: IpRange[] = [];
  for (let at = first; at < end; ) {
    const range = largestAt(at, end, family);
    ranges.push(range);
    at = endOf(range);
  }
  return ranges;
}

function largestAt(first: bigint, end: bigint, family: IpFamily): IpRange {
  const bits = BITS[family];
  let prefix = bits;
  const fits = (size: bigint): boolean => first % size === 0n && first + size <= end;
  while (prefix > 0 && fits(1n << BigInt(bits - prefix + 1))) prefix -= 1;
  return { family, first, prefix };
}
