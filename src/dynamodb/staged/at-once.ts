import pMap from 'p-map';

/** Calls that are under way at the same time: as many as the client has connections. */
const AT_ONCE = 50;

/** Works on all of them, many at the same time; the first failure ends it. */
export async function eachAtOnce<Value>(values: readonly Value[], work: (value: Value) => Promise<unknown>): Promise<void> {
  await pMap(values, work, { concurrency: AT_ONCE });
}

export const chunksOf = <Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
