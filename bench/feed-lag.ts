/**
 * Measures how long after the answer to a change its event is read at `/events` of a local server, by one who waits and by one
 * who asks again and again. Exits 1 when an event was not read within 10 s, or half of them took more than 2 s.
 */
import { parseArgs } from 'node:util';
import { measureLag } from './feed/lag.ts';
import { wholeNumber } from './support/whole-number.ts';

const LONGEST_MEDIAN_MS = 2_000;

const { values: options } = parseArgs({
  options: {
    changes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const lags = await measureLag({ changes: wholeNumber('--changes', options.changes), seed: wholeNumber('--seed', options.seed) });
const lines = lags.map(
  ({ how, changes, unread, p50, p95, most }) =>
    `${how}: p50 ${p50} ms, p95 ${p95} ms, at most ${most} ms; ${unread} of ${changes} not read`,
);
console.log(options.json ? JSON.stringify(lags) : lines.join('\n'));
process.exitCode = lags.every(({ unread, p50 }) => unread === 0 && p50 <= LONGEST_MEDIAN_MS) ? 0 : 1;
