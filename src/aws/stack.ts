import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AdminRefusal } from '../access/admin-refusal.ts';

/** Reads what a deployed stack tells about itself. */
export async function readStackOutputs(client: CloudFormationClient, stackName: string): Promise<ReadonlyMap<string, string>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName })).catch((error: unknown) => {
    throw isMissing(error) ? new AdminRefusal(noStack(stackName), { cause: error }) : error;
  });
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** CloudFormation has no error of its own for this. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);

const noStack = (stackName: string): string =>
  `There is no stack "${stackName}" in this account and region: deploy it with "npx cdk deploy ${stackName}", or look whether AWS_PROFILE and AWS_REGION are meant.`;
