import { AdminRefusal } from './admin-refusal.ts';
import { endOf, type IpRange, parseIpRange, printIpRange } from './ip-range.ts';
import { MAX_IP_RANGES } from './policy.ts';

/** `replace`: in place of all there are. */
export type IpChange = 'add' | 'remove' | 'replace';

/**
 * Makes the next list of ranges of the present one: each written in one form, and none twice.
 *
 * @throws {AdminRefusal} a range cannot be read, is not in the list it is to be taken from, or there would be too many
 */
export function changeIpRanges(current: readonly string[], change: IpChange, texts: readonly string[]): readonly string[] {
  const ranges = texts.map(parseIpRange);
  if (change === 'remove') return without(current, ranges);
  const next = [...new Set([...(change === 'add' ? current : []), ...ranges.map(printIpRange)])];
  if (next.length <= MAX_IP_RANGES) return next;
  throw new AdminRefusal(
    `That would be ${next.length} ranges, and an application takes ${MAX_IP_RANGES} at most: join them to larger ones, or leave some out.`,
  );
}

function without(current: readonly string[], ranges: readonly IpRange[]): readonly string[] {
  const gone = new Set(ranges.map(printIpRange));
  const absent = ranges.find((range) => !current.includes(printIpRange(range)));
  if (absent === undefined) return current.filter((text) => !gone.has(text));
  const holder = current.find((text) => isWithin(absent, parseIpRange(text)));
  const advice = holder === undefined ? '"scim app ip list" shows those that are' : `${holder} is, which holds it`;
  throw new AdminRefusal(`${printIpRange(absent)} is none of the application's ranges; ${advice}.`);
}

const isWithin = (inner: IpRange, outer: IpRange): boolean =>
  inner.family === outer.family && outer.first <= inner.first && endOf(inner) <= endOf(outer);
