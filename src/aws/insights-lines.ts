import { FAILURES_IN_INSIGHTS } from '../audit/failure.ts';
import { LATEST_ARRIVAL_MS } from '../audit/in-order.ts';
import type { LineQuery, QueryRow, RawLine } from '../audit/tenant-log.ts';
import { type Insights, MOST_ROWS, runQuery, type Seconds } from './insights-query.ts';

/** How lines are read where a second has more of them than a query gives. */
type ReadSecond = (fromMs: number, toMs: number) => AsyncIterable<RawLine>;

/** Whose a line is, by its group as CloudWatch names it: `account:group`. */
type OriginOf = (log: string) => string | undefined;

type Sources = { readonly insights: Insights; readonly originOf: OriginOf; readonly readSecond: ReadSecond };

/**
 * Fetches the lines of a timespan, halving it as often as an answer is full, oldest half first.
 *
 * CloudWatch takes whole seconds; so that no line comes twice or never, each half answers for its own milliseconds.
 */
export function insightsLines(sources: Sources, query: LineQuery): AsyncGenerator<RawLine> {
  const span = {
    from: Math.floor(query.from.getTime() / 1_000),
    to: Math.ceil((query.to.getTime() + LATEST_ARRIVAL_MS) / 1_000),
  };
  return linesWithin(sources, insightsText(query, mostRowsOf(sources)), span);
}

const mostRowsOf = ({ insights: { mostRows = MOST_ROWS } }: Sources): number => mostRows;

async function* linesWithin(sources: Sources, text: string, span: Seconds): AsyncGenerator<RawLine> {
  const rows = await runQuery(sources.insights, text, span);
  if (rows.length < mostRowsOf(sources)) {
    yield* rows.flatMap((row) => lineOf(row, sources.originOf)).filter(({ atMs }) => atMs >= span.from * 1_000 && atMs < span.to * 1_000);
  } else if (span.to - span.from <= 1) {
    yield* sources.readSecond(span.from * 1_000, span.to * 1_000);
  } else {
    const middle = Math.floor((span.from + span.to) / 2);
    yield* linesWithin(sources, text, { from: span.from, to: middle });
    yield* linesWithin(sources, text, { from: middle, to: span.to });
  }
}

/** What is left out here is left out again in this process: this is to fetch less. */
function insightsText({ events, requestId, text, failures }: LineQuery, mostRows: number): string {
  const conditions = [
    ...(events === undefined ? [] : [`event in [${events.map(quoted).join(', ')}]`]),
    ...(requestId === undefined ? [] : [`requestId = ${quoted(requestId)}`]),
    ...(text === undefined ? [] : [`@message like ${quoted(text)}`]),
    ...(failures === undefined ? [] : [FAILURES_IN_INSIGHTS]),
  ];
  const filters = conditions.map((condition) => `| filter ${condition}`);
  return ['fields @timestamp, @message, @log', ...filters, '| sort @timestamp asc', `| limit ${mostRows}`].join('\n');
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function lineOf(row: QueryRow, originOf: OriginOf): readonly RawLine[] {
  const { '@timestamp': at = '', '@message': message, '@log': log = '' } = row;
  if (message === undefined) return [];
  const origin = originOf(log);
  return [{ atMs: parseTimestamp(at), text: message.trimEnd(), ...(origin !== undefined && { origin }) }];
}

/** `2026-11-21 10:17:48.039`, in UTC. */
const parseTimestamp = (text: string): number => Date.parse(`${text.replace(' ', 'T').replace(/Z$/, '')}Z`);
