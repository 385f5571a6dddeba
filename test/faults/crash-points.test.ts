import { describe, expect, it } from '@jest/globals';
import type { Site } from '../support/site.ts';
import { repeatedOtherwise } from './crash/answers.ts';
import { problemsAtRest } from './crash/at-rest.ts';
import { fingerprintOf } from './crash/fingerprint.ts';
import { OPERATIONS } from './crash/operations.ts';
import { type Rehearsed, rehearse } from './crash/reference.ts';
import { viewOf } from './crash/view.ts';

/** By then whoever died holds nothing any more. */
const LEASE_MS = 60_000;
/** More calls than any operation here makes: one that never ends is a failure. */
const MANY_CALLS = 300;

type Point = { readonly at: number; readonly isDone: boolean };

/** The process does nothing from this call on; the work of the call itself is done, or not. */
async function die(call: number, { at, isDone }: Point, send: () => Promise<unknown>): Promise<unknown> {
  if (call < at) return send();
  if (call === at && isDone) await send();
  throw new TypeError('the end');
}

/** Has a process end at this point, and says how many calls it had made by then. */
async function endAt(point: Point, site: Site, { scene, answers }: Rehearsed): Promise<number> {
  let made = 0;
  const mortal = await site.begin({
    around: (call, send) => {
      made = call;
      return die(call, point, send);
    },
  });
  const answered = await scene.act(mortal);
  if (made < point.at) expect({ ...point, answered }).toEqual({ ...point, answered: answers[0] });
  return made;
}

async function judge(point: Point, site: Site, { scene, states, done, answers }: Rehearsed): Promise<void> {
  const restarted = await site.begin();
  const seen = await viewOf(restarted, scene);
  site.laterMs = LEASE_MS;
  const repeated = await scene.act(restarted);

  expect(states.map((state) => ({ ...point, ...state }))).toContainEqual({ ...point, ...seen });
  expect({ ...point, otherwise: repeatedOtherwise(repeated, answers) }).toEqual({ ...point, otherwise: [] });
  expect({ ...point, ...(await viewOf(restarted, scene)) }).toEqual({ ...point, ...done });
  expect({ ...point, problems: await problemsAtRest(site) }).toEqual({ ...point, problems: [] });
}

describe('a process that ends before or after any of its calls', () => {
  it.each(OPERATIONS)('is to $title: all or nothing is seen, and the repeat converges', async (operation) => {
    const rehearsed = await rehearse(operation);
    const judged = new Set<string>();
    let made = 0;

    for (let at = 1; at <= made + 1; at += 1) {
      for (const isDone of [false, true]) {
        const site = await rehearsed.open();
        made = await endAt({ at, isDone }, site, rehearsed);
        const left = await fingerprintOf(site);
        if (!judged.has(left)) await judge({ at, isDone }, site, rehearsed);
        judged.add(left);
      }
      expect(at).toBeLessThan(MANY_CALLS);
    }
  });
});
