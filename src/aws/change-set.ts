import {
  type Change,
  type CloudFormationClient,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
} from '@aws-sdk/client-cloudformation';

/** What a change set would do to one resource. */
export type ResourceChange = {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic';
  readonly logicalId: string;
  readonly type: string;
  /** Whether another takes its place; CloudFormation cannot always tell beforehand. */
  readonly replacement: 'True' | 'False' | 'Conditional';
};

export type ChangeSetName = { readonly stackName: string; readonly changeSet: string };

/** Reads what a change set would do; undefined where it is empty. One that changes outputs alone has no changes of resources. */
export async function readChanges(
  client: CloudFormationClient,
  { stackName, changeSet }: ChangeSetName,
): Promise<readonly ResourceChange[] | undefined> {
  const changes: ResourceChange[] = [];
  let next: string | undefined;
  do {
    const command = new DescribeChangeSetCommand({ StackName: stackName, ChangeSetName: changeSet, NextToken: next });
    const part = await client.send(command);
    if (isEmpty(part)) return undefined;
    changes.push(...(part.Changes ?? []).flatMap(toChange));
    next = part.NextToken;
  } while (next !== undefined);
  return changes;
}

export async function deleteChangeSet(client: CloudFormationClient, { stackName, changeSet }: ChangeSetName): Promise<void> {
  await client.send(new DeleteChangeSetCommand({ StackName: stackName, ChangeSetName: changeSet }));
}

/** CloudFormation makes one all the same, as a failure, and says why in words. */
const isEmpty = ({ Status, StatusReason = '' }: DescribeChangeSetOutput): boolean =>
  Status === 'FAILED' && /didn't contain changes|No updates are to be performed/.test(StatusReason);

function toChange({ ResourceChange }: Change): readonly ResourceChange[] {
  if (ResourceChange === undefined) return [];
  const { Action = 'Dynamic', LogicalResourceId = '', ResourceType = '', Replacement = 'False' } = ResourceChange;
  const action = Action === 'SyncWithActual' ? 'Modify' : Action;
  return [{ action, logicalId: LogicalResourceId, type: ResourceType, replacement: Replacement }];
}
