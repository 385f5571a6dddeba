import { describe, expect, it } from '@jest/globals';
import type { Site } from '../support/site.ts';
import { problemsAtRest } from './crash/at-rest.ts';
import type { Act } from './crash/operation.ts';
import { OPERATIONS } from './crash/operations.ts';
import { type Rehearsed, rehearse, serialOutcomes } from './crash/reference.ts';
import { viewOf } from './crash/view.ts';

/** By then anybody clears up after whoever has not been heard of. */
const LONG_MS = 3_600_000;
const MANY_CALLS = 300;

/** The three kinds of commit: the put of a new group, the update of one, and a transaction of that and others. */
const COMMITS = ['create a group with members, staged', 'add members with PATCH, staged', 'replace a group with PUT, staged'];
const STAGED = OPERATIONS.filter(({ title }) => COMMITS.includes(title));

/** A process whose last word, the write that would make all of it hold, is on its way for a long time. */
async function commitLate(site: Site, { scene }: Rehearsed) {
  const [sent, arrive] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const late = await site.begin({
    around: async (_call, send, command) => {
      if (isCommit(command)) {
        sent.resolve();
        await arrive.promise;
      }
      return send();
    },
  });
  const answer = scene.act(late);
  await Promise.race([sent.promise, answer]);
  return { arrive: arrive.resolve, answer };
}

const isCommit = (command: unknown): boolean => JSON.stringify(command).includes('"committed"');

/** Has somebody else come, and end before this call; says how many calls there were. */
async function comeAndEnd(site: Site, other: Act, at: number): Promise<number> {
  let made = 0;
  const mortal = await site.begin({
    around: (call, send) => {
      made = call;
      return call < at ? send() : Promise.reject(new TypeError('the end'));
    },
  });
  await other(mortal);
  return made;
}

describe('a large change whose commit arrives when others are just clearing up after it', () => {
  it.each(STAGED)('is to $title: it holds as a whole or not at all, wherever the others have got to', async (operation) => {
    const rehearsed = await rehearse(operation);
    const { scene, open, states } = rehearsed;
    const [other = scene.act] = Object.values(scene.meanwhile);
    const [both, reversed, others] = await serialOutcomes(rehearsed, other);
    const [none, mine] = [states[0], states.at(-1)];
    let made = 0;

    for (let at = 1; at <= made + 1; at += 1) {
      const site = await open();
      const { arrive, answer } = await commitLate(site, rehearsed);
      site.laterMs = LONG_MS;
      made = await comeAndEnd(site, other, at);
      arrive();
      const isDone = (await answer).every((status) => status < 300);
      site.laterMs += LONG_MS;
      const whole = await site.begin();

      const possible = isDone ? [both, reversed, mine] : [both, reversed, mine, others, none];
      expect(possible.map((outcome) => ({ at, outcome }))).toContainEqual({ at, outcome: await viewOf(whole, scene) });
      const [status = 500] = await other(whole);
      expect({ at, isRefused: status >= 500, problems: await problemsAtRest(site) }).toEqual({ at, isRefused: false, problems: [] });
      expect(at).toBeLessThan(MANY_CALLS);
    }
  });
});
