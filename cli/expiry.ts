const DAY_MS = 24 * 60 * 60_000;

/** Whole days until an instant, rounded up; 0 or less once it has passed. */
const daysUntil = (instant: string, now: Date): number => Math.ceil((Date.parse(instant) - now.getTime()) / DAY_MS);

export function describeExpiry(expiresAt: string | null, now: Date): string {
  if (expiresAt === null) return 'never';
  const days = daysUntil(expiresAt, now);
  return days > 0 ? `in ${counted(days)}` : `${counted(-days)} ago`;
}

export const expiresWithin = (expiresAt: string | null, days: number, now: Date): boolean =>
  expiresAt !== null && daysUntil(expiresAt, now) > 0 && daysUntil(expiresAt, now) <= days;

const counted = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
