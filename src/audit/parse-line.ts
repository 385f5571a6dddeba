import type { LogRecord } from './log-source.ts';

/** The object that a line is; undefined for what the platform writes, and for the half of a line. */
export function parseLine(text: string): LogRecord | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is LogRecord => typeof value === 'object' && value !== null && !Array.isArray(value);

/** When a line was written: what it says itself, else when it arrived. */
export function writtenAtMs(record: LogRecord | undefined, arrivedMs: number): number {
  const own = typeof record?.['time'] === 'string' ? Date.parse(record['time']) : Number.NaN;
  return Number.isNaN(own) ? arrivedMs : own;
}
