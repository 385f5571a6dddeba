import { setTimeout } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AdminRefusal } from '../access/admin-refusal.ts';
import type { QueryRow } from '../audit/tenant-log.ts';

/** What queries are run with. */
export type Insights = {
  readonly client: CloudWatchLogsClient;
  readonly groups: readonly string[];
  /** Cancels what is running. */
  readonly signal: AbortSignal;
  /** More rows than this no answer has; CloudWatch's own bound unless it is given. */
  readonly mostRows?: number;
  /** How long a query may take; ten minutes unless it is given. */
  readonly deadlineMs?: number;
};

/** Both ends inclusive, as CloudWatch takes them. */
export type Seconds = { readonly from: number; readonly to: number };

/** More rows than this no query gives. */
export const MOST_ROWS = 10_000;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
/** A query over everything there is takes minutes at most; CloudWatch itself gives up after an hour. */
const DEADLINE_MS = 10 * 60_000;

/** Runs one query to its end, and takes it back when it is not wanted any more. */
export async function runQuery(insights: Insights, query: string, { from, to }: Seconds): Promise<readonly QueryRow[]> {
  const { client, groups, signal, deadlineMs = DEADLINE_MS } = insights;
  const until = Date.now() + deadlineMs;
  let queryId: string | undefined;
  try {
    queryId = await begin(insights, { query, from, to, groups, until });
    return queryId === undefined ? [] : await results(insights, queryId, until);
  } catch (error) {
    if (queryId !== undefined) await client.send(new StopQueryCommand({ queryId })).catch(() => undefined);
    throw signal.aborted ? new AdminRefusal('Interrupted: the query was cancelled.', { cause: error }) : error;
  }
}

type Begun = Seconds & { readonly query: string; readonly groups: readonly string[]; readonly until: number };

/** Gives no id where the timespan has no lines any more, or none yet, which is an error to CloudWatch. */
async function begin(
  { client, signal, mostRows = MOST_ROWS }: Insights,
  { query, from, to, groups, until }: Begun,
): Promise<string | undefined> {
  const command = new StartQueryCommand({
    logGroupNames: [...groups],
    queryString: query,
    startTime: from,
    endTime: to,
    limit: mostRows,
  });
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = longer(waitMs)) {
    try {
      return (await client.send(command, { abortSignal: signal })).queryId;
    } catch (error) {
      if (isOutsideRetention(error)) return undefined;
      if (!isBusy(error) || Date.now() > until) throw error;
    }
    await setTimeout(waitMs, undefined, { signal });
  }
}

const isOutsideRetention = (error: unknown): boolean =>
  error instanceof Error && error.name === 'MalformedQueryException' && /retention|creation time/i.test(error.message);

/** So many queries may run at once in an account. */
const isBusy = (error: unknown): boolean => error instanceof Error && error.name === 'LimitExceededException';

const longer = (waitMs: number): number => Math.min(2 * waitMs, LONGEST_WAIT_MS);

async function results({ client, signal }: Insights, queryId: string, until: number): Promise<readonly QueryRow[]> {
  const rows: QueryRow[] = [];
  let nextToken: string | undefined;
  for (let waitMs = FIRST_WAIT_MS; Date.now() < until; waitMs = longer(waitMs)) {
    const answer = await client.send(new GetQueryResultsCommand({ queryId, nextToken }), { abortSignal: signal });
    if (isDone(answer)) {
      rows.push(...rowsOf(answer));
      nextToken = answer.nextToken;
      if (nextToken === undefined || answer.results?.length === 0) return rows;
    } else {
      await setTimeout(waitMs, undefined, { signal });
    }
  }
  throw new AdminRefusal('The query takes too long, and was cancelled: ask for a shorter timespan.');
}

const GOING_ON: readonly unknown[] = ['Running', 'Scheduled'];

/** @throws {AdminRefusal} when nothing will come of it any more */
function isDone({ status }: GetQueryResultsCommandOutput): boolean {
  if (status === 'Complete') return true;
  if (GOING_ON.includes(status)) return false;
  throw new AdminRefusal(`CloudWatch ended the query with status "${status}": try again, or ask for a shorter timespan.`);
}

const rowsOf = ({ results: rows = [] }: GetQueryResultsCommandOutput): readonly QueryRow[] =>
  rows.map((fields) => Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value])));
