import * as z from 'zod/mini';
import { METRIC_UNITS } from '../../../src/runtime/metric-names.ts';

const properties = z.record(z.string(), z.unknown());
const resourceSchema = z.object({ Type: z.string(), Properties: z._default(properties, {}) });
const templateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

type Resource = z.output<typeof resourceSchema>;

/** What of a template is paid for whether or not anybody uses it, and what the rest of the bill depends on. */
export type AtRest = {
  readonly secrets: number;
  /** Each metric that an alarm looks at counts, one of high resolution three times. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly keys: number;
  readonly webAcls: number;
  readonly webAclRules: number;
  /** Queues that Lambda asks for messages all the time. */
  readonly polledQueues: number;
  /** Metrics that filters make of log lines, beside those the lines carry. */
  readonly filteredMetrics: number;
  /** Whether there is a table; an account's stack has none. */
  readonly isTenant: boolean;
  readonly hasRecovery: boolean;
  readonly retentionDays: number;
  readonly memoryGb: number;
  readonly eventRetentionDays: number;
  readonly hasEventBus: boolean;
  /** Types nobody has said of whether they cost anything. */
  readonly unknownTypes: readonly string[];
};

/** Types that cost nothing by themselves, or only as they are used, which the traffic tells. */
const FREE =
  /^AWS::(IAM|Lambda|ApiGateway|ApiGatewayV2|Events|SNS|CDK|Logs|CertificateManager)::|^AWS::(SQS::Queue|SQS::QueuePolicy|KMS::Alias|WAFv2::WebACLAssociation|SecretsManager::ResourcePolicy|DynamoDB::(Global)?Table|Route53::RecordSet)$/;

const COUNTED = [
  'AWS::SecretsManager::Secret',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::KMS::Key',
  'AWS::WAFv2::WebACL',
];

export function countAtRest(template: unknown): AtRest {
  const { Resources } = templateSchema.parse(template);
  const all = Object.values(Resources);
  const of = (type: string): readonly Resource[] => all.filter(({ Type }) => Type === type);
  const tables = all.filter(({ Type }) => /^AWS::DynamoDB::(Global)?Table$/.test(Type));
  return {
    secrets: of('AWS::SecretsManager::Secret').length,
    alarmMetrics: sum(of('AWS::CloudWatch::Alarm').map(metricsOf)),
    compositeAlarms: of('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    keys: of('AWS::KMS::Key').length,
    webAcls: of('AWS::WAFv2::WebACL').length,
    webAclRules: sum(of('AWS::WAFv2::WebACL').map(({ Properties }) => listOf(Properties['Rules']).length)),
    polledQueues: of('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => isQueue(Properties['EventSourceArn'], Resources)).length,
    filteredMetrics: new Set(of('AWS::Logs::MetricFilter').flatMap(namesOf)).size,
    isTenant: tables.length > 0,
    hasRecovery: /"PointInTimeRecoveryEnabled":true/.test(JSON.stringify(tables)),
    retentionDays: most(of('AWS::Logs::LogGroup').map(({ Properties }) => Properties['RetentionInDays'])),
    memoryGb: most(of('AWS::Lambda::Function').map(({ Properties }) => Properties['MemorySize'])) / 1_024,
    eventRetentionDays: most(of('AWS::Lambda::Function').map(({ Properties }) => eventDaysIn(Properties))),
    hasEventBus: of('AWS::Events::EventBus').length > 0,
    unknownTypes: [...new Set(all.map(({ Type }) => Type))].filter((type) => !FREE.test(type) && !COUNTED.includes(type)),
  };
}

const HIGH_RESOLUTION_SECONDS = 60;
const HIGH_RESOLUTION_FACTOR = 3;

const queriesSchema = z.array(z.object({ MetricStat: z.optional(z.object({ Period: z.optional(z.number()) })) }));

function metricsOf({ Properties }: Resource): number {
  const queries = queriesSchema.safeParse(Properties['Metrics']).data?.flatMap(({ MetricStat }) => MetricStat ?? []);
  const periods = queries?.map(({ Period }) => Period) ?? [Properties['Period']];
  return sum(periods.map((period) => (Number(period ?? HIGH_RESOLUTION_SECONDS) < HIGH_RESOLUTION_SECONDS ? HIGH_RESOLUTION_FACTOR : 1)));
}

const transformationsSchema = z.array(z.object({ MetricName: z.string() }));

/** A filter may count into a metric that lines carry, too: it is one metric then. */
const namesOf = ({ Properties }: Resource): readonly string[] =>
  transformationsSchema
    .parse(Properties['MetricTransformations'])
    .map(({ MetricName }) => MetricName)
    .filter((name) => !Object.hasOwn(METRIC_UNITS, name));

const attributeSchema = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });

function isQueue(arn: unknown, resources: Readonly<Record<string, Resource>>): boolean {
  const [logicalId = ''] = attributeSchema.safeParse(arn).data?.['Fn::GetAtt'] ?? [];
  return resources[logicalId]?.Type === 'AWS::SQS::Queue';
}

const environmentSchema = z.object({ Environment: z.object({ Variables: z.object({ EVENT_RETENTION_DAYS: z.string() }) }) });

const eventDaysIn = (properties: unknown): string =>
  environmentSchema.safeParse(properties).data?.Environment.Variables.EVENT_RETENTION_DAYS ?? '0';

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const most = (values: readonly unknown[]): number => Math.max(0, ...values.map(Number).filter(Number.isFinite));
