import { Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type IFilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, type MetricName } from '../../src/runtime/metric-names.ts';

export interface AccessLogMetricsProps {
  readonly logGroup: ILogGroup;
}

const isStatus = (status: string) => FilterPattern.stringValue('$.status', '=', status);

/** A refusal of the gateway's own: of one that a function has answered, there is no type, and the function has counted it. */
const isOwn = FilterPattern.stringValue('$.refusal', '!=', '-');

/** Counts what API Gateway refuses by itself, which no function sees; a function that fails or is out of time is among it. */
export class AccessLogMetrics extends Construct {
  constructor(scope: Construct, id: string, { logGroup }: AccessLogMetricsProps) {
    super(scope, id);
    const count = (metricName: MetricName, filterPattern: IFilterPattern): void => {
      new MetricFilter(this, metricName, {
        logGroup,
        filterPattern,
        metricNamespace: METRIC_NAMESPACE,
        metricName,
        metricValue: '1',
        // As log lines have it: an alarm on a metric with two units is not defined.
        unit: Unit.COUNT,
        dimensions: { tenant: '$.tenant' },
      });
    };
    count('Throttled', FilterPattern.all(isStatus('429'), isOwn));
    count('ServerErrors', FilterPattern.any(...['500', '502', '503', '504'].map((status) => FilterPattern.all(isStatus(status), isOwn))));
  }
}
