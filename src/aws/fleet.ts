import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type ChangeSetName, deleteChangeSet, type ResourceChange, readChanges } from './change-set.ts';
import { explainFailure } from './explain-failure.ts';
import { type DeployedStack, readStack } from './stack.ts';
import { type RaisedAlarm, readRaisedAlarms } from './stack-alarms.ts';

/**
 * What AWS is asked about deployed stacks, with the credentials and region of the usual environment. Each call fails with
 * an {AdminRefusal} that says what to set right, as far as an operator can do anything about it.
 */
export type Fleet = {
  /** Undefined where there is no such stack. */
  readonly readStack: (stackName: string) => Promise<DeployedStack | undefined>;
  readonly readRaisedAlarms: (stackName: string) => Promise<readonly RaisedAlarm[]>;
  /** Undefined where the change set is empty. */
  readonly readChanges: (name: ChangeSetName) => Promise<readonly ResourceChange[] | undefined>;
  readonly deleteChangeSet: (name: ChangeSetName) => Promise<void>;
};

const MAX_ATTEMPTS = 5;

const LOOK_AT_STACKS = {
  needed:
    'to look at stacks, an operator needs cloudformation:DescribeStacks and ListStackResources on them and cloudwatch:DescribeAlarms; to upgrade them, cloudformation:DescribeChangeSet and DeleteChangeSet, too.',
  gone: 'What was asked for is gone: look at the stack in CloudFormation.',
  unsure: 'Run this again: nothing is done twice.',
};

export function openFleet(): Fleet {
  const cloudFormation = new CloudFormationClient({ maxAttempts: MAX_ATTEMPTS });
  const cloudWatch = new CloudWatchClient({ maxAttempts: MAX_ATTEMPTS });
  return {
    readStack: (stackName) => explained(readStack(cloudFormation, stackName)),
    readRaisedAlarms: (stackName) => explained(readRaisedAlarms({ cloudFormation, cloudWatch }, stackName)),
    readChanges: (name) => explained(readChanges(cloudFormation, name)),
    deleteChangeSet: (name) => explained(deleteChangeSet(cloudFormation, name)),
  };
}

const explained = <Answer>(asked: Promise<Answer>): Promise<Answer> =>
  asked.catch((error: unknown) => {
    throw explainFailure(error, LOOK_AT_STACKS);
  });
