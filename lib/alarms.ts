import type { MetricName } from '../src/runtime/metric-names.ts';

/** A metric that AWS keeps by itself, of one of a tenant's resources. */
interface AwsMetric {
  readonly namespace: 'AWS/SQS' | 'AWS/Lambda';
  readonly name: string;
  readonly of: 'queue' | 'deadLetterQueue' | 'stream';
}

/** When an operator is woken. */
export interface AlarmRule {
  /** Construct id, stable for life. */
  readonly id: string;
  /** Last part of the alarm's name, and the name of its runbook. */
  readonly name: string;
  readonly meaning: string;
  /** One metric only: each that an alarm looks at is paid for. */
  readonly metric: MetricName | AwsMetric;
  readonly statistic: 'Sum' | 'Minimum' | 'Maximum' | 'p99';
  readonly periodMinutes: number;
  readonly breaches: 'atLeast' | 'atMost';
  readonly threshold: number;
  /** In so many of the last so many periods. */
  readonly periods: { readonly breaching: number; readonly of: number };
}

const ONCE = { breaching: 1, of: 1 };
const TWICE = { breaching: 2, of: 2 };

/** Every alarm of a tenant. Without data, none of them has a reason to sound: what did not happen is not sent. */
export const ALARMS: readonly AlarmRule[] = [
  {
    id: 'AuthFailures',
    name: 'auth-failures',
    meaning: 'Many requests came with a credential that is not accepted: 20 or more within 5 minutes.',
    metric: 'AuthFailures',
    statistic: 'Sum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 20,
    periods: ONCE,
  },
  {
    id: 'ServerErrors',
    name: 'server-errors',
    meaning: 'Requests fail on the side of the service (5xx): 5 or more within 5 minutes, twice within a quarter of an hour.',
    metric: 'ServerErrors',
    statistic: 'Sum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 5,
    periods: { breaching: 2, of: 3 },
  },
  {
    id: 'UnexpectedErrors',
    name: 'unexpected-errors',
    meaning: 'A function met an error that nobody foresaw: a bug, or a failure of something it depends on.',
    metric: 'UnexpectedErrors',
    statistic: 'Sum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 1,
    periods: ONCE,
  },
  {
    id: 'SlowRequests',
    name: 'slow-requests',
    meaning:
      'Requests are slow: for a quarter of an hour, 1 of 100 took 5 seconds or more; bulk requests, and those for events, do not count.',
    metric: 'Latency',
    statistic: 'p99',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 5_000,
    periods: { breaching: 3, of: 3 },
  },
  {
    id: 'Throttled',
    name: 'throttled',
    meaning: 'API Gateway turns requests away (429): 100 or more within 5 minutes, twice in a row.',
    metric: 'Throttled',
    statistic: 'Sum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 100,
    periods: TWICE,
  },
  {
    id: 'DeadLetters',
    name: 'dead-letters',
    meaning: 'Work that requests have left, or changes that events tell of, were put aside, after they had failed again and again.',
    metric: { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', of: 'deadLetterQueue' },
    statistic: 'Maximum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 1,
    periods: ONCE,
  },
  {
    id: 'SweepAge',
    name: 'sweep-age',
    meaning: 'Work that requests have left is not being done: some of it has waited for an hour.',
    metric: { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', of: 'queue' },
    statistic: 'Maximum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 3_600,
    periods: TWICE,
  },
  {
    id: 'StreamAge',
    name: 'stream-age',
    meaning: "The stream function is behind the table's changes by 10 minutes or more, and so are the events that tell of them.",
    metric: { namespace: 'AWS/Lambda', name: 'IteratorAge', of: 'stream' },
    statistic: 'Maximum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 600_000,
    periods: TWICE,
  },
  {
    id: 'MassRemoval',
    name: 'mass-removal',
    meaning: 'Clients have disabled or removed 100 or more users and groups within a quarter of an hour.',
    metric: 'Departures',
    statistic: 'Sum',
    periodMinutes: 15,
    breaches: 'atLeast',
    threshold: 100,
    periods: ONCE,
  },
  {
    id: 'Brake',
    name: 'brake',
    meaning: 'The brake of an application holds: it may disable and remove no more within this hour.',
    metric: 'BrakeTrips',
    statistic: 'Sum',
    periodMinutes: 5,
    breaches: 'atLeast',
    threshold: 1,
    periods: ONCE,
  },
  {
    id: 'TokenExpiry',
    name: 'token-expiry',
    meaning: 'An application will have no credential left in 14 days or less, and its client will be locked out.',
    metric: 'TokenDaysLeft',
    statistic: 'Minimum',
    periodMinutes: 24 * 60,
    breaches: 'atMost',
    threshold: 14,
    periods: ONCE,
  },
];

/** Within the repository. */
export const runbookOf = ({ name }: Pick<AlarmRule, 'name'>): string => `docs/how-to/runbooks/${name}.md`;

/** One that people read in the subject of a mail, and that the dashboard can name without an export of each tenant's stack. */
export const alarmNameOf = (tenant: string, { name }: Pick<AlarmRule, 'name'>): string => `scim-${tenant}/${name}`;
