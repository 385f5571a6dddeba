import * as z from 'zod';
import { type Datapoint, dimensionsOf } from './datapoint.ts';

/** The part of AWS::CloudWatch::Alarm that our alarms use; anything else is refused here, so that it is not passed over. */
const alarmSchema = z.strictObject({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  OKActions: z.array(z.unknown()),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.unknown() })),
  Statistic: z.optional(z.enum(['Sum', 'Minimum', 'Maximum'])),
  ExtendedStatistic: z.optional(z.literal('p99')),
  Period: z.int(),
  EvaluationPeriods: z.int(),
  DatapointsToAlarm: z.int(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanOrEqualToThreshold']),
  Threshold: z.number(),
  Tags: z.optional(z.array(z.unknown())),
  TreatMissingData: z.literal('notBreaching'),
});

export type SynthesisedAlarm = z.output<typeof alarmSchema>;

export const readAlarm = (properties: unknown): SynthesisedAlarm => alarmSchema.parse(properties);

/** Which metric of which resource the alarm looks at. */
export const targetOf = ({ Namespace, MetricName, Dimensions }: SynthesisedAlarm): Omit<Datapoint, 'atMs' | 'value'> => ({
  namespace: Namespace,
  metric: MetricName,
  dimensions: dimensionsOf(Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))),
});

/** In which state CloudWatch would have the alarm at this time: so many of the last periods breach, a period without data does not. */
export function stateOf(alarm: SynthesisedAlarm, sent: readonly Datapoint[], nowMs: number): 'OK' | 'ALARM' {
  const { namespace, metric, dimensions } = targetOf(alarm);
  const own = sent.filter((point) => point.namespace === namespace && point.metric === metric && point.dimensions === dimensions);
  const breaching = Array.from({ length: alarm.EvaluationPeriods }, (_, back) => {
    const endMs = nowMs - back * alarm.Period * 1_000;
    const values = own.filter(({ atMs }) => atMs < endMs && atMs >= endMs - alarm.Period * 1_000).map(({ value }) => value);
    return values.length > 0 && isBreaching(alarm, statisticOf(alarm, values));
  });
  return breaching.filter(Boolean).length >= alarm.DatapointsToAlarm ? 'ALARM' : 'OK';
}

const isBreaching = ({ ComparisonOperator, Threshold }: SynthesisedAlarm, value: number): boolean =>
  ComparisonOperator === 'GreaterThanOrEqualToThreshold' ? value >= Threshold : value <= Threshold;

function statisticOf({ Statistic, ExtendedStatistic }: SynthesisedAlarm, values: readonly number[]): number {
  if (ExtendedStatistic !== undefined) return values.toSorted((one, other) => one - other)[Math.ceil(values.length * 0.99) - 1] ?? 0;
  if (Statistic === 'Sum') return values.reduce((sum, value) => sum + value, 0);
  return Statistic === 'Minimum' ? Math.min(...values) : Math.max(...values);
}
