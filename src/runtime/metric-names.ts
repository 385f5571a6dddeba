/** Where CloudWatch files every metric of ours, with `tenant` as the one dimension. */
export const METRIC_NAMESPACE = 'serverless-scim';

/** Every metric that log lines carry, by its unit; when each is sent is in docs/reference/metrics.md. */
export const METRIC_UNITS = {
  Latency: 'Milliseconds',
  BulkLatency: 'Milliseconds',
  AuthFailures: 'Count',
  Conflicts: 'Count',
  Refusals: 'Count',
  ServerErrors: 'Count',
  UnexpectedErrors: 'Count',
  Throttled: 'Count',
  Retries: 'Count',
  Creates: 'Count',
  Disables: 'Count',
  Removals: 'Count',
  Departures: 'Count',
  BrakeTrips: 'Count',
  TokenDaysLeft: 'Count',
  ActiveUsers: 'Count',
  SweepBacklog: 'Count',
} as const;

export type MetricName = keyof typeof METRIC_UNITS;
