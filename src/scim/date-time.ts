const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a dateTime (RFC 7643 §2.3.5) as a text in UTC that sorts as the instants do; undefined if it is none.
 *
 * A number of milliseconds would not do: Entra ID sends seven digits after the second. Without a time zone it is UTC.
 */
export function instantOf(text: string): string | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', time = '', fraction = '', zone = 'Z'] = match;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  const wholeSecond = Date.parse(`${year}-${month}-${day}T${time}${zone}`);
  if (Number.isNaN(wholeSecond)) return undefined;
  return new Date(wholeSecond).toISOString().slice(0, -'.000Z'.length) + withoutEndingZeros(fraction);
}

function isDay(year: number, month: number, day: number): boolean {
  const isLeapDay = month === 2 && day === 29;
  if (isLeapDay && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return false;
  return day <= (DAYS[month - 1] ?? 0);
}

/** A loop, for `/0+$/` takes quadratic time over zeros that do not end the text. */
function withoutEndingZeros(fraction: string): string {
  let end = fraction.length;
  while (fraction[end - 1] === '0' || fraction[end - 1] === '.') end -= 1;
  return fraction.slice(0, end);
}
