import { describe, expect, it } from '@jest/globals';
import type { LogQuery, LogRecord } from '../../../../src/audit/log-source.ts';
import type { Person } from '../../../../src/audit/report/question.ts';
import { readEntries } from '../../../../src/audit/report/read-entries.ts';
import { Tally } from '../../../../src/audit/report/summary.ts';

const FROM = Date.parse('2026-06-01T00:00:00.000Z');
const TIMESPAN = { from: new Date(FROM), to: new Date(FROM + 3_600_000) };

const line = (seconds: number, more: LogRecord): LogRecord => ({
  time: new Date(FROM + seconds * 1_000).toISOString(),
  event: 'request',
  status: 200,
  operation: 'update',
  requestId: `r${seconds}`,
  ...more,
});

const LINES = [
  line(1, { subject: 'ada', resourceId: 'a', resourceType: 'User', changed: ['userName'], application: 'one' }),
  line(2, {
    subject: 'Lovelace',
    previousSubject: 'Ada',
    resourceId: 'a',
    resourceType: 'User',
    changed: ['userName'],
    application: 'two',
  }),
  line(3, { resourceId: 'a', status: 403, refusal: 'forbidden', application: 'one' }),
  line(4, { subject: 'hmac-sha256:x', resourceId: 'b', resourceType: 'User', changed: ['title'], application: 'one' }),
  line(5, { operation: 'read', resourceId: 'a', application: 'one' }),
  line(6, { status: 'unheard of' }),
  line(7, { subject: 'bob', resourceId: 'c', changed: [], application: 'one' }),
  line(8, { subject: 'ada', operation: 'create', status: 409, refusal: 'uniqueness', application: 'two' }),
];

async function report(person?: Person, application?: string) {
  const queries: LogQuery[] = [];
  const source = {
    read: async function* (query: LogQuery) {
      queries.push(query);
      yield* LINES;
    },
  };
  const progress: number[] = [];
  const tally = new Tally(TIMESPAN);
  const found: (string | null)[] = [];
  for await (const entry of readEntries(source, { timespan: TIMESPAN, person, application }, (lines) => progress.push(lines))) {
    tally.add(entry);
    if (entry.countsAs === 'row') found.push(entry.row.requestId);
  }
  return { found, summary: tally.summary, queries, progress };
}

const person = (identifier: string, hash?: string): Person => ({ identifier, hash });

describe('what a report is made of', () => {
  it('is everything, without a filter, read once', async () => {
    const { found, summary, queries, progress } = await report();

    expect(found).toEqual(['r1', 'r2', 'r3', 'r4', 'r8']);
    expect(summary).toMatchObject({ rows: 5, changes: 3, failures: 2, reads: 1, unchanged: 1, unreadable: 1, people: 2 });
    expect(queries).toEqual([{ ...TIMESPAN, events: ['request', 'bulkOperation', 'brake', 'admin'] }]);
    expect(progress.at(-1)).toBe(8);
  });

  it.each([
    ['ADA', ['r1', 'r2', 'r3', 'r8']],
    ['lovelace', ['r1', 'r2', 'r3']],
    ['A', ['r1', 'r2', 'r3']],
    ['bob', []],
    ['nobody', []],
  ])('is what is about %s, by former names and ids too', async (identifier, expected) => {
    expect((await report(person(identifier))).found).toEqual(expected);
  });

  it('is what is about a person by the hash in the place of the name', async () => {
    expect((await report(person('carl', 'hmac-sha256:x'))).found).toEqual(['r4']);
  });

  it('is what an application asked for, and what it only read', async () => {
    const { found, summary } = await report(undefined, 'one');

    expect(found).toEqual(['r1', 'r3', 'r4']);
    expect(summary).toMatchObject({ reads: 1, unchanged: 1 });
  });

  it('is what an application asked for about a person, whoever told the former name', async () => {
    expect((await report(person('lovelace'), 'one')).found).toEqual(['r1', 'r3']);
  });
});

describe('the summary', () => {
  it('counts by the hour, empty hours included', async () => {
    const { timeline } = (await report()).summary;

    expect(timeline).toEqual({ step: 'hour', points: [{ from: '2026-06-01T00:00:00.000Z', changes: 3, failures: 2 }] });
  });

  it('counts by the day where there are more than three', () => {
    const { timeline } = new Tally({ from: new Date(FROM + 1), to: new Date(FROM + 4 * 86_400_000) }).summary;

    expect(timeline).toMatchObject({ step: 'day' });
    expect(timeline.points.map(({ from }) => from.slice(0, 10))).toEqual(['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04']);
  });

  it('names applications and reasons, the most frequent first', async () => {
    const { byApplication, byReason } = (await report()).summary;

    expect(byApplication).toEqual([
      { application: 'one', rows: 3, changes: 2, failures: 1 },
      { application: 'two', rows: 2, changes: 1, failures: 1 },
    ]);
    expect(byReason.map(({ refusal, rows }) => [refusal, rows])).toEqual([
      ['forbidden', 1],
      ['uniqueness', 1],
    ]);
  });
});
