import type { MetricName } from '../../../src/runtime/metric-names.ts';
import { HOURS_A_MONTH, MODEL, type Traffic } from './traffic.ts';

const DAYS_A_MONTH = HOURS_A_MONTH / 24;

const daily = (): number => DAYS_A_MONTH;
const never = (): number => 0;
const whenFaulty = ({ requests }: Traffic): number => (requests > 0 ? MODEL.faultyHours : 0);

/** In how many hours of a month each metric of the log lines is sent at least once: it is paid for by the hour. */
const HOURS: Readonly<Record<MetricName, (traffic: Traffic) => number>> = {
  Latency: ({ cycles }) => cycles,
  BulkLatency: never,
  AuthFailures: whenFaulty,
  Conflicts: whenFaulty,
  Refusals: whenFaulty,
  ServerErrors: whenFaulty,
  UnexpectedErrors: whenFaulty,
  Throttled: whenFaulty,
  Retries: whenFaulty,
  Creates: ({ joins }) => joins,
  Disables: ({ leaves }) => leaves,
  Removals: ({ leaves }) => leaves,
  Departures: ({ leaves }) => 2 * leaves,
  BrakeTrips: never,
  TokenDaysLeft: daily,
  ActiveUsers: daily,
  SweepBacklog: never,
};

export const metricHours = (traffic: Traffic): number =>
  Object.values(HOURS).reduce((total, hours) => total + Math.min(HOURS_A_MONTH, hours(traffic)), 0);
