import { type CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { AdminRefusal } from '../access/admin-refusal.ts';

/** What a deployed stack tells about itself. */
export type DeployedStack = {
  /** As CloudFormation words it: `UPDATE_COMPLETE`. */
  readonly state: string;
  readonly outputs: ReadonlyMap<string, string>;
};

/** Reads a stack; undefined where there is none. */
export async function readStack(client: CloudFormationClient, stackName: string): Promise<DeployedStack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const outputs = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const);
    return { state: stack?.StackStatus ?? 'UNKNOWN', outputs: new Map(outputs) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** @throws {AdminRefusal} when there is no such stack */
export async function readStackOutputs(client: CloudFormationClient, stackName: string): Promise<ReadonlyMap<string, string>> {
  const stack = await readStack(client, stackName);
  if (stack === undefined) throw new AdminRefusal(noStack(stackName));
  return stack.outputs;
}

/** CloudFormation has no error of its own for this. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);

export const noStack = (stackName: string): string =>
  `There is no stack "${stackName}" in this account and region: deploy it with "npx cdk deploy ${stackName}", or look whether AWS_PROFILE and AWS_REGION are meant.`;

/** The names that a stack's resources of these types have. */
export async function namesOf(client: CloudFormationClient, stackName: string, types: readonly string[]): Promise<readonly string[]> {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const { StackResourceSummaries = [], NextToken } = await client.send(
      new ListStackResourcesCommand({ StackName: stackName, NextToken: next }),
    );
    const found = StackResourceSummaries.filter(({ ResourceType = '' }) => types.includes(ResourceType));
    names.push(...found.flatMap(({ PhysicalResourceId: name }) => name ?? []));
    next = NextToken;
  } while (next !== undefined);
  return names;
}
