import type { IncomingMessage } from 'node:http';
import { runQuery } from '../../../src/audit/query-language/run-query.ts';
import type { RawLine } from '../../../src/audit/tenant-log.ts';
import { refused } from '../aws/cloud-formation.ts';
import { type Reply, type StandIn, startStandIn } from '../aws/stand-in.ts';
import { groupNameOf, stackResources } from './stack-resources.ts';

/** A line in one of the log groups. */
type KeptLine = RawLine & { readonly origin: string };

type Body = Readonly<Record<string, unknown>>;
type Failure = { readonly name: string; readonly message: string };

export type CloudWatch = Pick<StandIn, 'url' | 'close'> & {
  /** Puts lines into the log groups. */
  readonly write: (...lines: readonly KeptLine[]) => void;
  /** What was asked, in order. */
  readonly asked: readonly { readonly act: string; readonly body: Body }[];
  /** The next requests of this act fail so, one after the other. */
  readonly fail: (act: string, ...failures: readonly Failure[]) => void;
};

type Options = {
  /** How often a query is still running when it is asked for. */
  readonly runningFor?: number;
  readonly retentionDays?: number;
  /** Filters are passed over, as a well-known emulator does. */
  readonly ignoresFilters?: true;
  /** Status in which every query ends. */
  readonly endsAs?: string;
  /** The stack was deployed by a version that had none. */
  readonly hasNoLogGroups?: true;
};

type Query = { readonly rows: readonly Readonly<Record<string, string>>[]; polls: number };

/**
 * Stands in for CloudWatch Logs, and for CloudFormation as far as it tells of log groups: answers requests of the AWS SDK over
 * HTTP from lines in memory, by the same rules of time, order and size.
 */
export async function startCloudWatch(options: Options = {}): Promise<CloudWatch> {
  const { runningFor = 1, retentionDays = 365, endsAs = 'Complete' } = options;
  const [lines, asked, queries, failures]: [KeptLine[], { act: string; body: Body }[], Map<string, Query>, Map<string, Failure[]>] = [
    [],
    [],
    new Map(),
    new Map(),
  ];
  const acts: Readonly<Record<string, (body: Body) => Body>> = {
    StartQuery: ({ queryString, startTime, endTime, logGroupNames }) => {
      const [from, to] = [Number(startTime) * 1_000, Number(endTime) * 1_000];
      const groups = Array.isArray(logGroupNames) ? logGroupNames.map(String) : [];
      const within = lines.filter(({ atMs, origin }) => atMs >= from && atMs <= to && groups.includes(groupNameOf(origin)));
      const text = options.ignoresFilters ? String(queryString).replace(/\| filter [^|]*/g, '') : String(queryString);
      const kept = within.map((line) => ({ ...line, origin: groupNameOf(line.origin) }));
      const queryId = `query-${queries.size + 1}`;
      queries.set(queryId, { rows: runQuery(text, kept), polls: 0 });
      return { queryId };
    },
    GetQueryResults: ({ queryId }) => {
      const query = queries.get(String(queryId));
      if (query === undefined) return { status: 'Unknown' };
      query.polls += 1;
      if (query.polls <= runningFor) return { status: 'Running', results: [] };
      const results = query.rows.map((row) => Object.entries({ ...row, '@ptr': 'p' }).map(([field, value]) => ({ field, value })));
      return { status: endsAs, results };
    },
    StopQuery: () => ({ success: true }),
    DescribeLogGroups: ({ logGroupNamePrefix }) => ({
      logGroups: [{ logGroupName: logGroupNamePrefix, retentionInDays: retentionDays }],
    }),
    FilterLogEvents: ({ logGroupName, startTime, endTime = Number.POSITIVE_INFINITY, nextToken }) => {
      const found = lines
        .map((line, index) => ({ ...line, eventId: String(index) }))
        .filter(({ origin }) => groupNameOf(origin) === logGroupName)
        .filter(({ atMs }) => atMs >= Number(startTime) && atMs <= Number(endTime));
      const begin = Number(nextToken ?? 0);
      const page = found.slice(begin, begin + EVENTS_A_PAGE);
      const events = page.map(({ atMs, text, eventId }) => ({ timestamp: atMs, message: `${text}\n`, eventId }));
      return { events, ...(begin + EVENTS_A_PAGE < found.length && { nextToken: String(begin + EVENTS_A_PAGE) }) };
    },
  };
  const answer = (request: IncomingMessage, text: string): Reply => {
    const act = String(request.headers['x-amz-target'] ?? 'CloudFormation').replace('Logs_20140328.', '');
    const body: Body = act === 'CloudFormation' ? { text } : JSON.parse(text);
    asked.push({ act, body });
    const failure = failures.get(act)?.shift();
    if (act === 'CloudFormation')
      return failure === undefined ? stackResources(options.hasNoLogGroups === undefined) : refused(failure.name, failure.message);
    if (failure !== undefined) return { status: 400, body: JSON.stringify({ __type: failure.name, message: failure.message }) };
    const perform = acts[act];
    if (perform === undefined) throw new TypeError(`${act} is not known here`);
    return { headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(perform(body)) };
  };
  const { url, close } = await startStandIn(answer);
  return {
    url,
    write: (...more) => void lines.push(...more),
    asked,
    fail: (act, ...more) => void failures.set(act, [...more]),
    close,
  };
}

const EVENTS_A_PAGE = 1_000;
