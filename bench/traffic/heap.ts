import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { median } from '../support/percentile.ts';

export type Sample = { readonly atSeconds: number; readonly heapBytes: number; readonly residentBytes: number };

/** What lives on the heap of another process, seen through its inspector. */
export type HeapMeter = { readonly measure: () => Promise<number>; readonly close: () => void };

const usageSchema = z.object({ id: z.number(), result: z.optional(z.object({ usedSize: z.optional(z.number()) })) });

/** Connects to a process that was started with `--inspect`. */
export async function openHeapMeter(printed: string): Promise<HeapMeter> {
  const url = /ws:\/\/\S+/.exec(printed)?.[0];
  if (url === undefined) throw new Error('The process was not started with --inspect.');
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<void>();
  const waiting = new Map<number, (usedSize: number) => void>();
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', () => opened.reject(new Error('The inspector cannot be reached.')));
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = usageSchema.parse(JSON.parse(String(data)));
    waiting.get(id)?.(result?.usedSize ?? 0);
    waiting.delete(id);
  });
  await opened.promise;
  let last = 0;
  const ask = (method: string): Promise<number> => {
    last += 1;
    socket.send(JSON.stringify({ id: last, method }));
    const { promise, resolve } = Promise.withResolvers<number>();
    waiting.set(last, resolve);
    return promise;
  };
  return {
    // Only what is still reachable counts: garbage waits for no one's need.
    measure: () => ask('HeapProfiler.collectGarbage').then(() => ask('Runtime.getHeapUsage')),
    close: () => socket.close(),
  };
}

/** Memory of the process as the system sees it. */
export const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;

/** The rule by which a heap is flat. */
const MAX_GROWTH = 1.1;
export const RULE = `after a third of the time to warm up, the median heap of the last third is at most ${MAX_GROWTH} times that of the second`;

/** How much the live heap has grown, as the rule has it. */
export function growthOf(samples: readonly Sample[]): { readonly ratio: number; readonly isFlat: boolean } {
  const third = Math.floor(samples.length / 3);
  const heapOf = (part: readonly Sample[]): number => median(part.map(({ heapBytes }) => heapBytes));
  const ratio = heapOf(samples.slice(-third)) / heapOf(samples.slice(third, -third));
  return { ratio, isFlat: third > 0 && ratio <= MAX_GROWTH };
}
