import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../../../scripts/conformance/options.ts';
import { judge as judgeSchemathesis, parseReport } from '../../../scripts/conformance/schemathesis-report.ts';
import { judge as judgeScimSanity } from '../../../scripts/conformance/scim-sanity.ts';
import { judge as judgeScim2 } from '../../../scripts/conformance/scim2.ts';
import { faultsIn } from '../../../scripts/conformance/served.ts';

const FINE = { requests: 2_000, serverErrors: 0, unauthenticatedSuccesses: 0, unexpected: 0 };

describe('the verdict of scim2', () => {
  const output = 'SUCCESS object_creation\n  Created\nERROR object_query\n  Not found\n';

  it('counts what is no success as failed, with its reason', () => {
    expect(judgeScim2(output, 1, [])).toMatchObject({ passed: 1, failed: 1, details: ['ERROR object_query: Not found'] });
  });

  it.each([
    ['nothing was checked', '', 0],
    ['it ended with an error', 'SUCCESS object_creation\n', 1],
  ])('is a failure when %s', (_title, text, code) => {
    expect(judgeScim2(text, code, [])).toMatchObject({ failed: 1 });
  });
});

describe('the verdict of scim-sanity', () => {
  const report = (...statuses: readonly string[]): string =>
    JSON.stringify({ results: statuses.map((status) => ({ name: `check ${status}`, status, message: 'why' })) });

  it('counts neither passed nor failed what is skipped', () => {
    expect(judgeScimSanity(report('pass', 'skip', 'fail', 'error'), [])).toMatchObject({
      passed: 1,
      failed: 2,
      details: ['check fail: fail why', 'check error: error why'],
    });
  });

  it.each(['', 'Traceback', '{"results":[]}'])('is none without a report: %j', (text) => {
    expect(() => judgeScimSanity(text, [])).toThrow('no report');
  });
});

describe('the verdict of schemathesis', () => {
  const report = { complete: true, operations: { selected: 3, tested: 3 }, failures: [], errors: [] };

  it('counts the operations, and that there were enough requests', () => {
    expect(judgeSchemathesis(report, FINE, '')).toMatchObject({ passed: 4, failed: 0 });
  });

  it.each([
    [
      'an operation that failed twice, once',
      { ...report, failures: ['a', 'b'].map((title) => ({ title, operations: ['GET /Users'] })) },
      FINE,
    ],
    ['too few requests', report, { ...FINE, requests: 1_999 }],
    ['operations that were left out', { ...report, operations: { selected: 3, tested: 2 } }, FINE],
    ['an error of its own', { ...report, errors: ['broken'] }, FINE],
    ['an answer of 500 in the log of the server', report, { ...FINE, serverErrors: 1 }],
  ])('fails for %s', (_title, seen, served) => {
    expect(judgeSchemathesis(seen, served, '')).toMatchObject({ failed: 1 });
  });

  it('needs a report in the form it knows', () => {
    expect(() => parseReport('{}')).toThrow('another form');
  });
});

describe('what the log of the server says', () => {
  it('is no fault when all is well', () => {
    expect(faultsIn(FINE)).toEqual([]);
  });

  it('is a fault for each kind of trouble', () => {
    expect(faultsIn({ requests: 1, serverErrors: 1, unauthenticatedSuccesses: 2, unexpected: 3 })).toHaveLength(3);
  });
});

describe('the options', () => {
  const NAMES = ['scim2', 'schemathesis'];

  it('are all tools and the first seed, unless others are asked for', () => {
    expect(parseOptions([], NAMES)).toEqual({ only: [], seed: 1, examples: 40, json: false, help: false });
    expect(parseOptions(['--only', 'scim2', '--seed', '7', '--json'], NAMES)).toMatchObject({ only: ['scim2'], seed: 7, json: true });
  });

  it.each([
    ['--only scim3', 'one of scim2, schemathesis'],
    ['--seed x', 'whole number'],
    ['--fast', '--help'],
  ])('%s is refused with what would be right', (words, says) => {
    expect(() => parseOptions(words.split(' '), NAMES)).toThrow(says);
  });
});
