import * as z from 'zod/mini';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const SINCE = '--since takes minutes, hours or days: 90m, 24h, 7d';

/** How far back, as `90m`, `24h` or `7d`; in milliseconds. */
export const sinceOption = z.optional(
  z.pipe(
    z.string().check(z.regex(/^[1-9]\d{0,5}[mhd]$/, SINCE)),
    z.transform((text: string) => Number.parseInt(text, 10) * (UNITS_MS[text.slice(-1)] ?? Number.NaN)),
  ),
);
