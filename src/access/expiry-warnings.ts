import type { Credential } from './credentials/credential.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Warned of once at each, the last one first. */
const WARNED_DAYS = [1, 7, 14, 30, 90] as const;

/** A credential that will soon be refused. */
export type ExpiryWarning = {
  readonly credential: string;
  readonly application: string;
  readonly kind: string;
  /** Whole days, rounded up. */
  readonly daysLeft: number;
  /** Which of the days that are warned of has come. */
  readonly threshold: number;
  readonly expiresAt: Date;
};

/** Who is to be warned of by now; whoever was already is among them. */
export const expiryWarnings = (credentials: readonly Credential[], now: Date): readonly ExpiryWarning[] =>
  credentials.flatMap(({ id, application, kind, expiresAt }) => {
    const daysLeft = daysUntil(expiresAt, now);
    const threshold = WARNED_DAYS.find((days) => daysLeft > 0 && daysLeft <= days);
    if (expiresAt === null || threshold === undefined) return [];
    return [{ credential: id, application, kind, daysLeft, threshold, expiresAt: new Date(expiresAt) }];
  });

/**
 * How many days it is until the first application has no credential left; undefined while none ever comes to that.
 *
 * An old credential that runs out beside a newer one is no reason to wake anybody, and one that expired with nothing in
 * its place is, for as long as it is listed.
 */
export function daysUntilLockedOut(credentials: readonly Credential[], now: Date): number | undefined {
  const byApplication = Object.values(Object.groupBy(credentials, ({ application }) => application));
  const longest = byApplication.map((those = []) => Math.max(0, ...those.map(({ expiresAt }) => daysUntil(expiresAt, now))));
  const first = Math.min(...longest);
  return Number.isFinite(first) ? first : undefined;
}

const daysUntil = (instant: string | null, now: Date): number =>
  instant === null ? Number.POSITIVE_INFINITY : Math.ceil((Date.parse(instant) - now.getTime()) / DAY_MS);
