import { describe, expect, it } from '@jest/globals';
import { runQuery } from '../../../../src/audit/query-language/run-query.ts';

const BEGIN = Date.parse('2026-06-01T10:00:00.000Z');

const line = (afterSeconds: number, fields: object) => ({ atMs: BEGIN + afterSeconds * 1_000, text: JSON.stringify(fields) });

const LINES = [
  line(0, { event: 'request', status: 201, operation: 'create', ms: 30, changed: ['userName', 'active'], subject: 'Ada' }),
  line(60, { event: 'request', status: 409, operation: 'create', ms: 10, refusal: 'uniqueness', subject: 'ada' }),
  line(400, { event: 'request', status: 200, operation: 'read', ms: 20 }),
  { atMs: BEGIN + 500_000, text: 'REPORT RequestId: 7f8d Duration: 3 ms' },
];

const run = (query: string) => runQuery(query, LINES);

describe('a query', () => {
  it('shows the columns that "fields" names, and leaves out what a line does not have', () => {
    expect(run('fields operation, changed.1 as second | filter status < 400')).toEqual([
      { operation: 'create', second: 'active' },
      { operation: 'read' },
    ]);
  });

  it('shows time and text where it names no columns, and "display" names them anew', () => {
    expect(run('filter @message like "REPORT"')).toEqual([
      { '@timestamp': '2026-06-01 10:08:20.000', '@message': 'REPORT RequestId: 7f8d Duration: 3 ms' },
    ]);
    expect(run('fields status | filter status = 409 | display refusal')).toEqual([{ refusal: 'uniqueness' }]);
  });

  it.each([
    ['status >= 400', 1],
    ['status in [200, 201]', 2],
    ['status not in [200, 201]', 2],
    ['operation = "create" and not (refusal = "uniqueness")', 1],
    ['operation = "read" or refusal = "uniqueness"', 2],
    ['operation = "read" or operation = "create" and status = 409', 2],
    ['ispresent(refusal)', 1],
    ['not ispresent(status)', 1],
    ['refusal < "z"', 1],
    ['subject like "ad"', 1],
    ['subject like /(?i)^ADA$/', 2],
    ['subject not like /d/', 2],
    ['tolower(subject) = tolower("ADA")', 2],
    ['ms / 10 + 1 * 2 - 1 = 4', 1],
    ['`status` = "409"', 1],
  ])('with "filter %s" keeps %i lines', (condition, count) => {
    expect(run(`fields @timestamp # all of them\n| filter ${condition}`)).toHaveLength(count);
  });

  it('counts, adds up and compares within groups', () => {
    const query = `filter event = "request"
      | stats count(*) as requests, count(refusal) as refused, count_distinct(tolower(subject)) as people, sum(ms) as total,
          avg(ms) as mean, min(ms) as least, max(ms) as most, pct(ms, 50) as median, earliest(status) as first, latest(status) as last
        by operation
      | sort requests desc`;

    expect(run(query)).toEqual([
      {
        ...{ operation: 'create', requests: '2', refused: '1', people: '1', total: '40', mean: '20', least: '10', most: '30' },
        ...{ median: '10', first: '201', last: '409' },
      },
      {
        ...{ operation: 'read', requests: '1', refused: '0', people: '0', total: '20', mean: '20', least: '20', most: '20' },
        ...{ median: '20', first: '200', last: '200' },
      },
    ]);
  });

  it('counts by periods of time', () => {
    expect(run('stats count(*) by bin(5m)')).toEqual([
      { 'bin(5m)': '2026-06-01 10:00:00.000', 'count(*)': '2' },
      { 'bin(5m)': '2026-06-01 10:05:00.000', 'count(*)': '2' },
    ]);
  });

  it('sorts numbers as numbers and by several keys, and keeps so many, each once', () => {
    expect(run('fields ms | filter ispresent(ms) | sort ms asc | limit 2')).toEqual([{ ms: '10' }, { ms: '20' }]);
    expect(run('fields operation, ms | sort operation desc, ms | dedup operation | filter ispresent(ms)')).toEqual([
      { operation: 'read', ms: '20' },
      { operation: 'create', ms: '10' },
    ]);
  });

  it.each([
    ['parse @message "*" as x', 'expected fields'],
    ['filter status != 200', 'nothing is known that begins with "!= 200"'],
    ['filter status =', 'expected a field, a value or a function, found the end'],
    ['filter abs(status) = 1', 'the function abs() is not known'],
    ['stats stddev(ms)', 'the aggregate stddev() is not known'],
    ['stats ms by operation', 'stats takes aggregates'],
    ['stats pct(ms)', 'pct() takes'],
    ['stats count() by operation', 'expected a field'],
    ['stats count(*) by bin(status)', 'bin() takes a period'],
    ['stats count(*) by bin(1w)', '"1w" is no period'],
    ['filter status = 5m', 'a period has no place there'],
    ['filter * = 1', '"*" has no place there'],
    ['filter tolower(a, b) = "x"', 'tolower() takes one operand'],
    ['fields status as "x"', 'expected a name'],
    ['filter subject like 5', 'expected a string or a /pattern/'],
    ['filter status in 5', 'expected "["'],
    ['limit many', 'expected a number'],
    ['fields status status', 'expected "|"'],
    ['filter status % 2', 'nothing is known'],
  ])('that says "%s" is refused', (query, words) => {
    expect(() => run(query)).toThrow(expect.objectContaining({ name: 'QueryError', message: expect.stringContaining(words) }));
  });
});
