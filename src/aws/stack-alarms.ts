import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { type CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { namesOf } from './stack.ts';

/** An alarm that is raised. */
export type RaisedAlarm = {
  readonly name: string;
  /** What it means, and where its runbook is. */
  readonly description: string;
  readonly since: string | undefined;
};

type Clients = { readonly cloudFormation: CloudFormationClient; readonly cloudWatch: CloudWatchClient };

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

/** What one call of the service takes. */
const BATCH = 100;

/** Reads which of a stack's alarms are raised, of those it has: another stack's name may begin in the same way. */
export async function readRaisedAlarms({ cloudFormation, cloudWatch }: Clients, stackName: string): Promise<readonly RaisedAlarm[]> {
  const names = await namesOf(cloudFormation, stackName, ALARMS);
  const raised: RaisedAlarm[] = [];
  for (let start = 0; start < names.length; start += BATCH)
    raised.push(...(await readBatch(cloudWatch, names.slice(start, start + BATCH))));
  return raised;
}

async function readBatch(client: CloudWatchClient, names: readonly string[]): Promise<readonly RaisedAlarm[]> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({
      AlarmNames: [...names],
      StateValue: 'ALARM',
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      MaxRecords: BATCH,
    }),
  );
  return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName = '', AlarmDescription = '', StateUpdatedTimestamp }) => ({
    name: AlarmName,
    description: AlarmDescription,
    since: StateUpdatedTimestamp?.toISOString(),
  }));
}
