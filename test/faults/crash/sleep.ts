import { describe, expect, it } from '@jest/globals';
import type { Site } from '../../support/site.ts';
import { problemsAtRest } from './at-rest.ts';
import type { Act, Operation } from './operation.ts';
import { type Rehearsed, rehearse, serialOutcomes } from './reference.ts';
import { viewOf, withoutVersions } from './view.ts';

const LEASE_MS = 60_000;
const MANY_CALLS = 300;
/** One call in so many is slept before. */
const STRIDE = process.env['SLEEPS'] === 'all' ? 1 : 3;

/** Falls asleep before this call, and goes on when all others have done what they do and any lease is over. */
async function sleepAt(at: number, site: Site, { scene }: Rehearsed, other: Act) {
  const [asleep, wake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let made = 0;
  const sleepy = await site.begin({
    isClockBehind: true,
    around: async (call, send) => {
      made = Math.max(made, call);
      if (call === at) {
        asleep.resolve();
        await wake.promise;
      }
      return send();
    },
  });
  const sleeping = scene.act(sleepy);
  await Promise.race([asleep.promise, sleeping]);
  const hasSlept = made >= at;
  site.laterMs = LEASE_MS;
  const others = await site.begin();
  await other(others);
  wake.resolve();
  return { answered: await sleeping, hasSlept, others };
}

/** Whoever comes too late is told to come again, or how things are by now. */
const isFault = (status: number): boolean => status >= 500 && status !== 503;

const isSuccess = (status: number): boolean => status < 300;

/** Each operation sleeps before some of its calls, another some for the next operation; before every one in the nightly run. */
export function describeSleeps(operations: readonly Operation[]): void {
  describe('a process that sleeps past its lease before any of its calls, and goes on', () => {
    it.each(operations.map((operation, index) => ({ ...operation, index })))(
      'is to $title, while others do the same or something else: one comes after the other',
      async ({ index, ...operation }) => {
        const rehearsed = await rehearse(operation);

        for (const [title, act] of Object.entries({ 'does the same': rehearsed.scene.act, ...rehearsed.scene.meanwhile })) {
          await judgeEachSleep(rehearsed, { title, act, first: 1 + (index % STRIDE), stride: STRIDE });
        }
      },
    );
  });
}

type Other = { readonly title: string; readonly act: Act; readonly first: number; readonly stride: number };

async function judgeEachSleep(rehearsed: Rehearsed, { title: other, act, first, stride }: Other): Promise<void> {
  const outcomes = (await serialOutcomes(rehearsed, act)).map(withoutVersions);
  for (let at = first, isOver = false; !isOver; at += stride) {
    const site = await rehearsed.open();

    const { answered, hasSlept, others } = await sleepAt(at, site, rehearsed, act);

    isOver = !hasSlept;
    expect({ other, at, faults: answered.filter(isFault) }).toEqual({ other, at, faults: [] });
    const possible = answered.every(isSuccess) ? outcomes.slice(0, -1) : outcomes;
    const view = withoutVersions(await viewOf(others, rehearsed.scene));
    expect(possible.map((outcome) => ({ other, at, outcome }))).toContainEqual({ other, at, outcome: view });
    expect({ other, at, problems: await problemsAtRest(site) }).toEqual({ other, at, problems: [] });
    expect(at).toBeLessThan(MANY_CALLS);
  }
}
