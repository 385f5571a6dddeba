import { Duration } from 'aws-cdk-lib';
import { AlarmWidget, GraphWidget, type IAlarm, type IMetric, type IWidget, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, type MetricName } from '../../src/runtime/metric-names.ts';
import { ALARMS } from '../alarms.ts';

const EVERY_5_MINUTES = Duration.minutes(5);
const DAILY = Duration.days(1);
const WIDTH = 24;
const HEIGHT = 6;

type Series = readonly [name: MetricName, label: string, statistic: string];
type Graph = {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
  readonly period?: Duration;
  readonly stacked?: boolean;
  /** Drawn as a line: where this alarm sounds. */
  readonly alarm?: string;
};

/** Of the tenant that is chosen, row by row. */
const GRAPHS: readonly (readonly Graph[])[] = [
  [
    {
      title: 'Requests',
      unit: 'in 5 minutes',
      series: [
        ['Latency', 'requests', 'SampleCount'],
        ['BulkLatency', 'bulk requests', 'SampleCount'],
      ],
    },
    {
      title: 'Not done, by outcome',
      unit: 'in 5 minutes',
      stacked: true,
      series: [
        ['Conflicts', '409, 412', 'Sum'],
        ['Refusals', 'other refusals', 'Sum'],
        ['AuthFailures', '401', 'Sum'],
        ['Throttled', '429', 'Sum'],
        ['ServerErrors', '5xx', 'Sum'],
      ],
    },
    {
      title: 'Time of a request',
      unit: 'ms',
      alarm: 'slow-requests',
      series: [
        ['Latency', 'p50', 'p50'],
        ['Latency', 'p99', 'p99'],
      ],
    },
  ],
  [
    {
      title: 'Who came and who left',
      unit: 'in 5 minutes',
      series: [
        ['Creates', 'created', 'Sum'],
        ['Disables', 'disabled', 'Sum'],
        ['Removals', 'removed', 'Sum'],
      ],
    },
    { title: '401', unit: 'in 5 minutes', alarm: 'auth-failures', series: [['AuthFailures', 'not authenticated', 'Sum']] },
    {
      title: 'Errors and repeated calls',
      unit: 'in 5 minutes',
      series: [
        ['UnexpectedErrors', 'errors nobody foresaw', 'Sum'],
        ['Retries', 'calls to the table repeated', 'Sum'],
        ['BrakeTrips', 'brake begins to hold', 'Sum'],
      ],
    },
  ],
  [
    { title: 'Active users', unit: 'users', period: DAILY, series: [['ActiveUsers', 'active', 'Maximum']] },
    {
      title: 'Days until a credential is missing',
      unit: 'days',
      period: DAILY,
      alarm: 'token-expiry',
      series: [['TokenDaysLeft', 'days', 'Minimum']],
    },
    { title: 'Work found undone', unit: 'pieces, daily', period: DAILY, series: [['SweepBacklog', 'undone', 'Maximum']] },
  ],
];

/** Those whose metric is of a resource that only the tenant's stack knows: drawn by their alarms. */
const OF_RESOURCES = [
  ['sweep-age', 'Age of the oldest piece of work (s)'],
  ['dead-letters', 'Dead letters'],
  ['stream-age', 'The stream function is behind by (ms)'],
] as const;

/** Every tenant there is, each a line. */
export const fleetGraphs = (): IWidget[] => [
  fleetGraph('Requests, by tenant', 'Latency', 'SampleCount'),
  fleetGraph('5xx, by tenant', 'ServerErrors', 'Sum'),
  fleetGraph('Disabled and removed, by tenant', 'Departures', 'Sum'),
];

/** A search takes a name with a hyphen only in double quotes. */
function fleetGraph(title: string, metric: MetricName, statistic: string): GraphWidget {
  const expression = `SEARCH('{"${METRIC_NAMESPACE}",tenant} MetricName="${metric}"', '${statistic}', ${EVERY_5_MINUTES.toSeconds()})`;
  const found = new MathExpression({ expression, label: '', usingMetrics: {}, period: EVERY_5_MINUTES });
  return new GraphWidget({ title, left: [found], leftYAxis: axis('in 5 minutes'), width: WIDTH / 3, height: HEIGHT });
}

export const tenantGraphs = (tenant: string, alarmNamed: (name: string) => IAlarm): IWidget[][] => [
  ...GRAPHS.map((row) => row.map((graph) => graphOf(graph, tenant))),
  OF_RESOURCES.map(([name, title]) => new AlarmWidget({ title, alarm: alarmNamed(name), width: WIDTH / 3, height: HEIGHT })),
];

function graphOf({ title, unit, series, stacked = false, period = EVERY_5_MINUTES, alarm }: Graph, tenant: string): GraphWidget {
  const threshold = ALARMS.find(({ name }) => name === alarm)?.threshold;
  return new GraphWidget({
    title,
    left: series.map((each) => metricOf(each, tenant, period)),
    leftYAxis: axis(unit),
    stacked,
    width: WIDTH / 3,
    height: HEIGHT,
    ...(threshold !== undefined && { leftAnnotations: [{ value: threshold, label: 'alarm', color: '#d62728' }] }),
  });
}

const metricOf = ([metricName, label, statistic]: Series, tenant: string, period: Duration): IMetric =>
  new Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap: { tenant }, label, statistic, period });

const axis = (label: string) => ({ min: 0, label, showUnits: false });
