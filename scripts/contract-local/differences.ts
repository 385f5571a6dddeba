type Difference = {
  /** What DynamoDB Local does otherwise than the service it stands for. */
  readonly fault: string;
  /** The tests that cannot be judged by it, by their whole titles. */
  readonly tests: readonly string[];
};

/** All that is left out there, and why. What is no fault of DynamoDB Local must hold on both. */
export const DIFFERENCES: readonly Difference[] = [
  {
    fault: 'It counts a transaction as if it were single writes and rounds units down; the service counts double, and up.',
    tests: [
      'the budget of creating a user of 2,048 bytes is one round trip and 14 write units, nothing read',
      'the budget of each further look-up value is 2 write units',
      'the budget of reading a user with its groups is one round trip and 3 read units',
      'the budget of finding a user by a matching value is two round trips and 4 read units, 2 without groups',
      'the budget of finding nobody by a lookup value is one round trip and one read unit',
      'the budget of changing a user of 2,048 bytes is two round trips, 3 read and 3 write units',
      'the budget of a member change does not grow with the members already there',
      'page costs the same for every page that is read in sequence, groups included',
      'groups of groups cost nothing where there are none: one round trip and three read units',
      'groups of groups cost one round trip for each level and one read unit for each group, once there are some',
      'the members of a group cost the same on every page: one round trip, and a read unit for each slice',
    ],
  },
];

const escaped = (title: string): string => title.replace(/[^\w ]/g, '\\$&');

const LEFT_OUT = DIFFERENCES.flatMap(({ tests }) => tests);

export const LEFT_OUT_COUNT = LEFT_OUT.length;

/** Matches the title of every test that both judges are asked about. */
export const JUDGED_BY_BOTH = `^(?!(?:${LEFT_OUT.map((title) => escaped(title)).join('|')})$)`;
