import { RemovalPolicy, Stack, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Account } from './account.ts';
import { AlarmTopic } from './constructs/alarm-topic.ts';
import { DomainName } from './constructs/domain-name.ts';
import { ScimDashboard } from './constructs/scim-dashboard.ts';

const PUSH_TO_LOGS = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

export interface AccountStackProps extends StackProps {
  readonly account: Account;
  /** Names of the tenants, for the dashboard; without any, there is none. */
  readonly tenants: readonly string[];
}

/**
 * What an AWS account needs once in a region, however many tenants: the role by which API Gateway writes access logs,
 * the topic of alarms, the one dashboard, and the domain names that tenants share.
 *
 * Nothing is exported: tenants name the topic and the domains, so that either stack can change without the other.
 */
export class AccountStack extends Stack {
  constructor(scope: Construct, id: string, { account: settings, tenants, ...props }: AccountStackProps) {
    super(scope, id, { description: 'What all SCIM endpoints of this AWS account need once', ...props });

    const role = new Role(this, 'GatewayLogRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(PUSH_TO_LOGS)],
    });
    const account = new CfnAccount(this, 'GatewayAccount', { cloudWatchRoleArn: role.roleArn });

    // The setting serves every API of the account, also those that are not ours.
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${PUSH_TO_LOGS}]`,
      reason: 'API Gateway refuses a role that lacks any permission of this policy, which AWS keeps for this purpose.',
    });

    new AlarmTopic(this, 'Alarms', { emails: settings.alarmEmails });
    if (tenants.length > 0) new ScimDashboard(this, 'Dashboard', { tenants });
    for (const domain of settings.domains) new DomainName(this, `Domain ${domain.name}`, { domain });
    for (const [key, value] of Object.entries(settings.tags)) Tags.of(this).add(key, value);
  }
}
