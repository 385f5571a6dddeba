import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../../cli/command.ts';
import { parseTimespan } from '../../../cli/commands/report/timespan.ts';

const NOW = new Date('2026-06-10T12:00:00.000Z');
const read = (asked: Parameters<typeof parseTimespan>[0]) => {
  const { from, to } = parseTimespan(asked, NOW);
  return [from.toISOString(), to.toISOString()];
};

describe('the timespan of a report', () => {
  it.each([
    [{}, '2026-06-09T12:00:00.000Z', NOW.toISOString()],
    [{ sinceMs: 90 * 60_000 }, '2026-06-10T10:30:00.000Z', NOW.toISOString()],
    [{ from: '2026-06-01' }, '2026-06-01T00:00:00.000Z', NOW.toISOString()],
    [{ from: '2026-06-01T08:00', to: '2026-06-01T09:00:30' }, '2026-06-01T08:00:00.000Z', '2026-06-01T09:00:30.000Z'],
    [{ from: '2026-06-01T08:00+02:00', to: '2026-06-01T08:00Z' }, '2026-06-01T06:00:00.000Z', '2026-06-01T08:00:00.000Z'],
    [{ to: '2026-06-02' }, '2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'],
  ])('%j is understood', (asked, from, to) => {
    expect(read(asked)).toEqual([from, to]);
  });

  it.each([
    [{ sinceMs: 3_600_000, from: '2026-06-01' }, '--since ends now'],
    [{ sinceMs: 3_600_000, to: '2026-06-01' }, '--since ends now'],
    [{ from: 'yesterday' }, '--from takes a date'],
    [{ from: '2026-02-30' }, '--from takes a date'],
    [{ from: '2026-06-01T25:00' }, '--from takes a date'],
    [{ to: '2026-6-1' }, '--to takes a date'],
    [{ from: '2026-06-02', to: '2026-06-02' }, '--from must be before --to'],
    [{ from: '2026-06-11' }, '--from must be before now'],
    [{ from: '0000-01-01' }, 'A timespan is ten years long at most'],
    [{ to: '0001-01-02' }, 'A timespan is ten years long at most'],
    [{ from: '2026-06-01', to: '9999-01-01' }, 'A timespan is ten years long at most'],
  ])('%j is refused', (asked, message) => {
    expect(() => read(asked)).toThrow(UsageError);
    expect(() => read(asked)).toThrow(message);
  });
});
