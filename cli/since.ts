import * as z from 'zod/mini';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** Lines are kept for ten years at most. */
export const LONGEST_DAYS = 3_653;
export const LONGEST_MS = LONGEST_DAYS * 86_400_000;

const SINCE = '--since takes minutes, hours, days or weeks, ten years at most: 90m, 24h, 7d, 2w.';

/** How far back, as `90m`, `24h`, `7d` or `2w`; in milliseconds. */
export const sinceOption = z.optional(
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\d{1,7}[mhdw]$/, SINCE)),
      z.transform((text: string) => Number.parseInt(text, 10) * (UNITS_MS[text.slice(-1)] ?? Number.NaN)),
    ),
    z.number().check(z.positive(SINCE), z.maximum(LONGEST_MS, SINCE)),
  ),
);
