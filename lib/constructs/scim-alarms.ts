import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../src/runtime/metric-names.ts';
import { ALARMS, type AlarmRule, alarmNameOf, runbookOf } from '../alarms.ts';
import { alarmTopicArnIn } from './alarm-topic.ts';

export interface ScimAlarmsProps {
  readonly tenant: string;
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
  /** The function that is invoked by the table's stream. */
  readonly stream: IFunction;
}

const COMPARISONS = {
  atLeast: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  atMost: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
} as const;

/** A tenant's alarms; each says what it means, where to read what to do, and, to the account's topic, when it is over. */
export class ScimAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ScimAlarmsProps) {
    super(scope, id);
    const action = new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopicArnIn(this)));
    for (const rule of ALARMS) {
      const alarm = new Alarm(this, rule.id, {
        alarmName: alarmNameOf(props.tenant, rule),
        alarmDescription: `${rule.meaning} Runbook: ${runbookOf(rule)}`,
        metric: metricOf(rule, props),
        comparisonOperator: COMPARISONS[rule.breaches],
        threshold: rule.threshold,
        evaluationPeriods: rule.periods.of,
        datapointsToAlarm: rule.periods.breaching,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
}

function metricOf({ metric, statistic, periodMinutes }: AlarmRule, props: ScimAlarmsProps): Metric {
  const options = { statistic, period: Duration.minutes(periodMinutes) };
  if (typeof metric === 'string') {
    return new Metric({ namespace: METRIC_NAMESPACE, metricName: metric, dimensionsMap: { tenant: props.tenant }, ...options });
  }
  const { namespace, name, of } = metric;
  const dimensionsMap = of === 'stream' ? { FunctionName: props.stream.functionName } : { QueueName: props[of].queueName };
  return new Metric({ namespace, metricName: name, dimensionsMap, ...options });
}
