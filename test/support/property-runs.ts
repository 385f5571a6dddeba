/**
 * How often a property is tried: as often as its test says, or as often as `FC_RUNS` says if that is more.
 *
 * The usual numbers keep the tests quick; the nightly run sets `FC_RUNS`.
 */
export function runs(usual: number): { readonly numRuns: number } {
  const asked = process.env['FC_RUNS'] ?? '0';
  if (!/^\d{1,9}$/.test(asked)) throw new TypeError('FC_RUNS must be a whole number');
  return { numRuns: Math.max(usual, Number(asked)) };
}
