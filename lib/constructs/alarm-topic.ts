import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Fixed, so that each tenant's stack can name the topic without an export of the account's. */
const TOPIC_NAME = 'scim-alarms';

/** The ARN of the topic in the account and region of a stack. */
export const alarmTopicArnIn = (scope: Construct): string =>
  Stack.of(scope).formatArn({ service: 'sns', resource: TOPIC_NAME, arnFormat: ArnFormat.NO_RESOURCE_NAME });

export interface AlarmTopicProps {
  readonly emails: readonly string[];
}

/** Where the alarms of all tenants of an account arrive; it is there, for other subscribers, without any address too. */
export class AlarmTopic extends Construct {
  constructor(scope: Construct, id: string, { emails }: AlarmTopicProps) {
    super(scope, id);
    const topic = new Topic(this, 'Resource', { topicName: TOPIC_NAME, displayName: 'SCIM alarms', enforceSSL: true });
    const { account } = Stack.of(this);
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    for (const endpoint of emails) {
      new Subscription(this, `To ${endpoint}`, { topic, protocol: SubscriptionProtocol.EMAIL, endpoint });
    }
  }
}
