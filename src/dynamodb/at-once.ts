import pMap from 'p-map';

/** Calls that are under way at the same time: as many as the client has connections. */
export const AT_ONCE = 50;

/**
 * Works on all of them, many at the same time. After the first failure no other is begun, and those under way are waited for,
 * so that nothing of it happens later than its failure is known.
 */
export async function eachAtOnce<Value>(values: readonly Value[], work: (value: Value) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  const attempt = async (value: Value): Promise<void> => {
    if (failures.length === 0) await work(value).catch((error: unknown) => failures.push(error));
  };
  await pMap(values, attempt, { concurrency: AT_ONCE });
  if (failures.length > 0) throw failures[0];
}

export const chunksOf = <Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
