import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const sequencer = await import(resolve('@jest/test-sequencer', { paths: [resolve('jest')] }));
const Sequencer = sequencer.default.default ?? sequencer.default;

/** Jest begins with the largest files where it has never run, but what takes longest are small ones that walk through many cases. */
const FIRST = [
  '/test/faults/',
  '/test/docs/',
  '/test/walkthroughs/',
  '/test/handlers/',
  '/test/contract/',
  '/test/infra/',
  '/test/properties/',
];

const rankOf = ({ path }) => {
  const rank = FIRST.findIndex((folder) => path.includes(folder));
  return rank < 0 ? FIRST.length : rank;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
