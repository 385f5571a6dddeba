import { linesOf } from '../log-lines.ts';
import { PASSING } from '../tenants.ts';
import type { Step } from '../world.ts';
import { within } from './credentials.ts';

/** Each request that was answered has one line in the log, and no line has what none may have. */
export const logs: Step = {
  name: 'the log',
  run: async (world, check) => {
    const sent = world.requestIds.get(PASSING) ?? new Set();
    let lines: readonly string[] = [];
    const isComplete = async (): Promise<boolean> => {
      lines = await linesOf(world, PASSING);
      const known = countOf(lines);
      return [...sent].every((id) => known.has(id));
    };
    check('has a line for every request', await within(10, isComplete));
    const counts = countOf(lines);
    const others = [...sent].filter((id) => counts.get(id) !== 1).map((id) => `${id}: ${counts.get(id) ?? 0}`);
    check(`has one line for each of ${sent.size} requests`, sent.size > 500 && others.length === 0, others.join('\n    '));
    const leaked = lines.find((line) => [...world.secrets].some((secret) => line.includes(secret)));
    check('holds no token', leaked === undefined, leaked);
    const queried = lines.find((line) => /filter=|userName (eq|sw|co)|startIndex=/i.test(line));
    check('holds no query string', queried === undefined, queried);
  },
};

/** How many lines of requests there are, by the ids of the requests. */
function countOf(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines.filter((each) => each.includes('"event":"request"'))) {
    const id = /"requestId":"([^"]+)"/.exec(line)?.[1] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
