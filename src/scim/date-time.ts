const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a dateTime (RFC 7643 §2.3.5) as milliseconds since 1970, with a fraction: Entra ID sends seven digits after the
 * second. Without a time zone it is UTC. Undefined if it is none.
 */
export function instantOf(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '0', zone = 'Z'] = match;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  const wholeSecond = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(wholeSecond) ? undefined : wholeSecond + Number(fraction) * 1000;
}

function isDay(year: number, month: number, day: number): boolean {
  const isLeapDay = month === 2 && day === 29;
  if (isLeapDay && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return false;
  return day >= 1 && day <= (DAYS[month - 1] ?? 0);
}
