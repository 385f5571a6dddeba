/** The value that `part` of all values do not exceed; 0 of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
