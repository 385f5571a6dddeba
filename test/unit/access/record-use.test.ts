import { describe, expect, it } from '@jest/globals';
import { useRecorder } from '../../../src/access/record-use.ts';

const MINUTE = 60_000;
const HALF_PAST = Date.parse('2026-06-01T12:30:00.000Z');

/** A recorder, a clock that is moved by hand, and what was written. */
function setUp(note: () => Promise<void> = async () => {}) {
  const written: string[] = [];
  const world = { nowMs: HALF_PAST };
  const lastUses = {
    list: async () => new Map<string, string>(),
    note: (credential: string, at: Date) => {
      written.push(`${credential} ${at.toISOString().slice(11, 16)}`);
      return note();
    },
  };
  return { written, world, record: useRecorder({ lastUses, now: () => world.nowMs }) };
}

describe('useRecorder', () => {
  it('writes once an hour for each credential, however often it is used', () => {
    const { written, world, record } = setUp();

    for (const minute of [0, 1, 29, 30, 31]) {
      world.nowMs = HALF_PAST + minute * MINUTE;
      record('one');
      record('two');
    }

    expect(written).toEqual(['one 12:30', 'two 12:30', 'one 13:00', 'two 13:00']);
  });

  it('has nobody wait, and nobody hear of a failure, and tries again a minute later', async () => {
    const { written, world, record } = setUp(() => Promise.reject(new Error('throttled')));

    record('one');
    await Promise.resolve();
    record('one');
    world.nowMs += MINUTE;
    record('one');

    expect(written).toEqual(['one 12:30', 'one 12:31']);
  });
});
