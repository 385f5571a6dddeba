import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import { follow } from '../support/follow-events.ts';
import { openFollowed } from '../support/followed-directory.ts';
import { anyStep, type Step } from '../support/followed-steps.ts';
import { runs } from '../support/property-runs.ts';

/** The machine may be busy; nothing here waits for a clock. */
jest.setTimeout(120_000);

/** Those of one resource in their order and the last of them again, resource after resource, the last that came first. */
function toldOtherwise(events: readonly ChangeEvent[]): readonly ChangeEvent[] {
  const byResource = Map.groupBy(events, ({ resourceId }) => resourceId);
  return [...byResource.values()].reverse().flatMap((own) => [...own, ...own.slice(-3)]);
}

const namesOf = (events: readonly ChangeEvent[]): readonly string[] => events.map(({ id }) => id);

const step = (kind: Step['kind'], one = 0, ...some: readonly number[]): Step => ({ kind, one, some });

/** Three users, and a group of them: the fourth resource. */
const BEGUN = [step('users'), step('group', 0, 0, 1, 2)];
const [USER, GROUP] = [0, 3];

describe('whoever follows the events', () => {
  it.each<[string, readonly Step[]]>([
    ['a group that is restored before its members were swept', [...BEGUN, step('remove', GROUP), step('restore')]],
    ['a group that is restored afterwards', [...BEGUN, step('remove', GROUP), step('sweep'), step('restore')]],
    ['a user that is restored', [...BEGUN, step('remove', USER), step('sweep'), step('restore')]],
    ['a group that an import brings in its own place', [...BEGUN, step('save'), step('remove', GROUP), step('import')]],
    ['a user that an import brings, in no group', [step('users'), step('save'), ...BEGUN.slice(1), step('remove', USER), step('import')]],
    ['a group that an import completes', [...BEGUN, step('save'), step('members', GROUP + 1, 0, 1), step('import')]],
  ])('knows %s', async (_, steps) => {
    const followed = await openFollowed();
    for (const each of steps) await followed.perform(each);
    await followed.settle();

    expect(follow(await followed.events())).toEqual(await followed.directory());
  });

  it('knows the directory as it is, whatever was done to it, in whatever order resources are told of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 30 }), async (steps) => {
        const followed = await openFollowed();
        for (const step of steps) await followed.perform(step);
        await followed.settle();

        const [events, directory] = [await followed.events(), await followed.directory()];

        expect(new Set(namesOf(events)).size).toBe(events.length);
        expect(follow(events)).toEqual(directory);
        expect(follow(toldOtherwise(events))).toEqual(directory);
      }),
      runs(4),
    );
  });
});
