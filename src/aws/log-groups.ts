import { type CloudFormationClient, ListStackResourcesCommand, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { AdminRefusal } from '../access/admin-refusal.ts';
import { isMissing, noStack } from './stack.ts';

/** A log group of a stack, and whose lines it holds. */
export type LogGroup = { readonly name: string; readonly origin: string };

/** What stands in front of the functions, as the origin of a line. */
export const GATEWAY = 'gateway';

/** Whose a log group is, by the name that its stack knows it by: the construct's, and a hash. */
const ORIGINS: Readonly<Record<string, string>> = {
  Users: 'users',
  Groups: 'groups',
  Bulk: 'bulk',
  Discovery: 'discovery',
  Token: 'token',
  CatchAll: 'catch-all',
  Admin: 'admin',
  Stream: 'stream',
  Sweeper: 'sweeper',
  ApiAccess: GATEWAY,
};

/** @throws {AdminRefusal} when there is no such stack, or it has no logs */
export async function findLogGroups(client: CloudFormationClient, stackName: string): Promise<readonly LogGroup[]> {
  const groups: LogGroup[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName: stackName, NextToken: next })).catch((error: unknown) => {
      throw isMissing(error) ? new AdminRefusal(noStack(stackName), { cause: error }) : error;
    });
    groups.push(...(page.StackResourceSummaries ?? []).flatMap(groupOf));
    next = page.NextToken;
  } while (next !== undefined);
  if (groups.length === 0) throw new AdminRefusal(`The stack "${stackName}" has no log groups: deploy it again with this version.`);
  return groups;
}

function groupOf({ ResourceType, LogicalResourceId = '', PhysicalResourceId }: StackResourceSummary): readonly LogGroup[] {
  const [, owner = ''] = /^(\w+)Logs[0-9A-F]{8}$/.exec(LogicalResourceId) ?? [];
  const origin = ORIGINS[owner];
  if (ResourceType !== 'AWS::Logs::LogGroup' || origin === undefined || PhysicalResourceId === undefined) return [];
  return [{ name: PhysicalResourceId, origin }];
}
