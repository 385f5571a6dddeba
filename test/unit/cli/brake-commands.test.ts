import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { MemoryBrakes } from '../../support/brakes-memory.ts';

const NOW = Date.parse('2026-06-01T00:00:00.000Z');
const SLOT = Math.floor(NOW / 300_000);

function setUp() {
  const brakes = new MemoryBrakes();
  const { terminal, out, err, lines } = aTerminal({ brakes });
  const scim = (line: string) => runCommandLine([...line.split(' '), '--local'], terminal);
  const removed = (count: number, trippedAt?: string) =>
    brakes.states.set('default', {
      counts: new Map([
        [SLOT - 20, 7],
        [SLOT - 3, 2],
        [SLOT, count - 2],
      ]),
      generation: 1,
      trippedAt,
      releasedUntilMs: undefined,
    });
  return { scim, removed, out, err, lines };
}

describe('scim brake', () => {
  it('says that there is none, and how to have one', async () => {
    const { scim, out } = setUp();

    expect(await scim('brake show')).toBe(0);
    expect(out.at(-1)).toBe('Application default has no brake: "scim app set --set maxRemovalsPerHour=50" gives it one.');
  });

  it('shows what the last hour had, and what came before no longer', async () => {
    const { scim, removed, out } = setUp();
    await scim('app set --set maxRemovalsPerHour=10');
    removed(9);

    expect(await scim('brake show')).toBe(0);
    expect(out.at(-1)).toBe('Application default: 9 of at most 10 resources were disabled or removed within the last hour.');
    expect(await scim('brake show --json')).toBe(0);
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({
      application: 'default',
      limit: 10,
      count: 9,
      state: 'open',
      holdsSince: null,
      releasedUntil: null,
    });
  });

  it('says since when it holds, and what to do', async () => {
    const { scim, removed, out } = setUp();
    await scim('app set --set maxRemovalsPerHour=10');
    removed(10, '2026-05-31T23:59:00.000Z');

    await scim('brake show');

    expect(out.at(-1)).toBe(
      'The brake holds since 2026-05-31T23:59:00.000Z: find out whether so many are meant; "scim brake release" lets them through.',
    );
  });

  it('releases for an hour, or for as long as is said, and leaves a line of it', async () => {
    const { scim, removed, out, lines } = setUp();
    await scim('app set --set maxRemovalsPerHour=10');
    removed(10, '2026-05-31T23:59:00.000Z');

    expect(await scim('brake release')).toBe(0);
    expect(out.at(-1)).toBe('Application default: the brake is released until 2026-06-01T01:00:00.000Z, and nothing is counted.');
    expect(await scim('brake release --for-minutes 5 --json')).toBe(0);
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ state: 'released', releasedUntil: '2026-06-01T00:05:00.000Z', count: 0 });
    expect(lines.at(-1)).toMatchObject({
      act: 'brake.release',
      by: 'ada',
      application: 'default',
      counts: { minutes: 5 },
      outcome: 'done',
    });
  });

  it.each([
    ['brake release --for-minutes soon', 2, '--for-minutes takes a whole number'],
    ['brake release --for-minutes 0', 1, 'minutes of brake.release must be a whole number of minutes from 1 to 1440'],
    ['brake release --for-minutes 1.5', 1, 'minutes of brake.release must be a whole number of minutes from 1 to 1440'],
    ['brake release --app nobody', 1, 'There is no application "nobody"'],
    ['brake show --app nobody', 1, 'There is no application "nobody"'],
    ['brake show --app No', 1, 'application of brake.show must be 1 to 64 lower-case letters'],
  ])('refuses "%s" and says what would be right', async (line, exitCode, message) => {
    const { scim, err } = setUp();

    expect(await scim(line)).toBe(exitCode);
    expect(err.at(-1)).toContain(message);
  });
});
