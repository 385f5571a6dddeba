import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { REGION } from './place.ts';
import { stackOf } from './tenants.ts';
import type { World } from './world.ts';

/** Clients of the account's root: they look at what a tenant's own functions and operators may not see. */
export function rootClients({ emulator }: Pick<World, 'emulator'>) {
  const configuration = {
    endpoint: emulator.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  return {
    stacks: new CloudFormationClient(configuration),
    logs: new CloudWatchLogsClient(configuration),
    tables: new DynamoDBClient(configuration),
    functions: new LambdaClient(configuration),
    secrets: new SecretsManagerClient(configuration),
  };
}

/** Clients of the operator, by the profile in the run's configuration file. */
export function operatorClients({ emulator }: Pick<World, 'emulator'>) {
  const configuration = { endpoint: emulator.endpoint, region: REGION, profile: 'operator' };
  return { tables: new DynamoDBClient(configuration), secrets: new SecretsManagerClient(configuration) };
}

/** The physical ids of a tenant's resources of one type, by their logical ids. */
export async function resourcesOf(world: World, tenant: string, type: string): Promise<ReadonlyMap<string, string>> {
  const { stacks } = rootClients(world);
  const { StackResources = [] } = await stacks.send(new DescribeStackResourcesCommand({ StackName: stackOf(tenant) }));
  return new Map(
    StackResources.flatMap(({ ResourceType, LogicalResourceId = '', PhysicalResourceId = '' }) =>
      ResourceType === type ? [[LogicalResourceId, PhysicalResourceId]] : [],
    ),
  );
}

/** Makes a stack of a template, and waits until it is there. */
export async function createStack(world: World, name: string, template: object): Promise<void> {
  const { stacks: client } = rootClients(world);
  await client.send(
    new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 0.2, maxDelay: 1 }, { StackName: name });
}
