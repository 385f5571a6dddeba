import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Timespan } from '../audit/log-source.ts';
import { selectLines, selectRecords, writtenSince } from '../audit/select-lines.ts';
import type { LineQuery, RawLine, TenantLog } from '../audit/tenant-log.ts';
import { explainFailure, READ_LOGS } from './explain-failure.ts';
import { insightsLines } from './insights-lines.ts';
import { runQuery } from './insights-query.ts';
import { eventsOf, followEvents } from './log-events.ts';
import { findLogGroups, GATEWAY, type LogGroup } from './log-groups.ts';

type Opened = { readonly client: CloudWatchLogsClient; readonly groups: readonly LogGroup[]; readonly signal: AbortSignal };

/**
 * Opens what CloudWatch keeps of a deployed stack's lines, with the credentials and region of the usual AWS environment.
 *
 * @throws {AdminRefusal} saying what the operator has to set right; so does everything that is read from it
 */
export async function openDeployedLog(stackName: string, signal: AbortSignal): Promise<TenantLog> {
  const groups = await findLogGroups(new CloudFormationClient({ maxAttempts: 3 }), stackName).catch(explained);
  const opened = { client: new CloudWatchLogsClient({ maxAttempts: 5 }), groups, signal };
  const functions = { ...opened, groups: groups.filter(({ origin }) => origin !== GATEWAY) };
  return {
    read: (query) => explaining(selectRecords(linesOf(functions, query), query)),
    lines: (query) => explaining(selectLines(linesOf(opened, query), query)),
    follow: (from, until) =>
      explaining(writtenSince(followEvents({ ...opened, signal: AbortSignal.any([until, signal]) }, from.getTime()), from)),
    run: (query, span) => runQuery(insightsOf(functions), query, secondsOf(span)).catch(explained),
    retentionDays: () => shortestRetention(functions).catch(explained),
  };
}

const insightsOf = ({ client, groups, signal }: Opened) => ({ client, signal, groups: groups.map(({ name }) => name) });

/** The second in which the timespan ends is left out: its end is exclusive. */
const secondsOf = ({ from, to }: Timespan) => ({
  from: Math.floor(from.getTime() / 1_000),
  to: Math.ceil(to.getTime() / 1_000) - 1,
});

function linesOf(opened: Opened, query: LineQuery): AsyncIterable<RawLine> {
  const origins = new Map(opened.groups.map(({ name, origin }) => [name, origin]));
  return insightsLines(
    {
      insights: insightsOf(opened),
      originOf: (log) => origins.get(log.slice(log.indexOf(':') + 1)),
      readSecond: (fromMs, toMs) => eventsOf(opened, fromMs, toMs),
    },
    query,
  );
}

async function shortestRetention({ client, groups }: Opened): Promise<number | undefined> {
  const described = await Promise.all(
    groups.map(({ name }) => client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }))),
  );
  const days = described.flatMap(({ logGroups = [] }) => logGroups.flatMap(({ retentionInDays }) => retentionInDays ?? []));
  return days.length === 0 ? undefined : Math.min(...days);
}

async function* explaining<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    explained(error);
  }
}

function explained(error: unknown): never {
  throw explainFailure(error, READ_LOGS);
}
