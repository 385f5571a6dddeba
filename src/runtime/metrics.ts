import type { BulkOperationLine, LogLine, RequestLine } from './log.ts';
import { METRIC_NAMESPACE, METRIC_UNITS, type MetricName } from './metric-names.ts';

type Values = Readonly<Partial<Record<MetricName, number>>>;

/** What a line carries for CloudWatch beside its own fields, in its embedded metric format. */
type Embedded = Values & {
  readonly _aws?: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
};

/** Describes to CloudWatch what a line counts; a metric is paid for by the hour, so what did not happen is not sent as 0. */
export function embedMetrics(line: LogLine, atMs: number): Embedded {
  const values = metricsOf(line);
  const Metrics = Object.entries(METRIC_UNITS).flatMap(([Name, Unit]) => (Name in values ? [{ Name, Unit }] : []));
  if (Metrics.length === 0) return {};
  const description = { Namespace: METRIC_NAMESPACE, Dimensions: [['tenant']], Metrics };
  return { ...values, _aws: { Timestamp: atMs, CloudWatchMetrics: [description] } };
}

function metricsOf(line: LogLine): Values {
  switch (line.event) {
    case 'request':
      return { ...latencyOf(line), ...outcomeOf(line), ...changeOf(line), ...retriesOf(line) };
    case 'bulkOperation':
      return { ...outcomeOf(line), ...changeOf(line) };
    case 'work':
    case 'feed':
      return retriesOf(line);
    case 'inspection':
      return { ActiveUsers: line.activeUsers, ...(line.requeued > 0 && { SweepBacklog: line.requeued }) };
    case 'metric':
      return { TokenDaysLeft: line.TokenDaysLeft };
    case 'brake':
      return { BrakeTrips: 1 };
    case 'unexpectedError':
      return { UnexpectedErrors: 1 };
    default:
      return {};
  }
}

/** A bulk request takes as long as its operations do, and one for events as long as nothing happens: neither says how fast the service is. */
function latencyOf({ route, durationMs }: RequestLine): Values {
  if (route === '/events') return {};
  return route === '/Bulk' ? { BulkLatency: durationMs } : { Latency: durationMs };
}

/** Each request that was not done counts once, and so does each operation of a bulk request. */
function outcomeOf({ status, refusal }: RequestLine | BulkOperationLine): Values {
  if (status < 400) return {};
  if (status === 401) return { AuthFailures: 1 };
  if (status === 409 || status === 412) return { Conflicts: 1 };
  return status < 500 || refusal === 'braked' || refusal === 'notImplemented' ? { Refusals: 1 } : { ServerErrors: 1 };
}

/** What came of the people: a deactivation that removes is a removal; what was done already, or ignored, is nothing. */
function changeOf(line: RequestLine | BulkOperationLine): Values {
  if (line.status >= 300 || line.policy === 'ignore' || ('repeated' in line && line.repeated)) return {};
  if (line.operation === 'create') return { Creates: 1 };
  if (line.operation === 'remove' || line.effect === 'removed') return { Removals: 1, Departures: 1 };
  return line.state === 'disabled' ? { Disables: 1, Departures: 1 } : {};
}

const retriesOf = ({ storeRetries }: { readonly storeRetries: number }): Values => (storeRetries > 0 ? { Retries: storeRetries } : {});
