import type { Log, LogLine } from './log.ts';
import { embedMetrics } from './metrics.ts';

const LEVELS: Readonly<Record<LogLine['event'], 'INFO' | 'WARN' | 'ERROR'>> = {
  request: 'INFO',
  bulkOperation: 'INFO',
  notice: 'WARN',
  work: 'INFO',
  feed: 'INFO',
  inspection: 'INFO',
  credentialExpiry: 'WARN',
  metric: 'INFO',
  brake: 'WARN',
  admin: 'INFO',
  unexpectedError: 'ERROR',
};

/** Writes each line as one JSON object, what it counts included; Lambda hands standard output to the function's log group. */
export const writeLog =
  (write: (text: string) => void, clock: () => number): Log =>
  (line) => {
    const nowMs = clock();
    const head = { time: new Date(nowMs).toISOString(), level: LEVELS[line.event] };
    write(`${JSON.stringify({ ...head, ...line, ...embedMetrics(line, nowMs) })}\n`);
  };
