import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../../src/runtime/routes.ts';

/** What the ARNs of a stack's resources are, as far as a function is let near them. */
export interface FunctionResources {
  readonly tableArn: string;
  readonly secretArn: string;
  readonly logGroupArn: string;
}

const READ_SETTINGS = ['dynamodb:GetItem'];

/** A transaction needs the actions of its parts; there is none of its own to allow. */
const CHANGE_DIRECTORY = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

const TABLE_ACTIONS: Readonly<Record<FunctionName, string[]>> = {
  users: CHANGE_DIRECTORY,
  groups: CHANGE_DIRECTORY,
  bulk: CHANGE_DIRECTORY,
  'catch-all': CHANGE_DIRECTORY,
  discovery: READ_SETTINGS,
  // Looks through a collection before a schema is changed that its resources depend on.
  admin: [...READ_SETTINGS, 'dynamodb:PutItem', 'dynamodb:Query'],
};

const READ_CREDENTIALS = ['secretsmanager:GetSecretValue'];

/** By compare-and-swap: a value is put under a private stage, which is then moved. */
const CHANGE_CREDENTIALS = [...READ_CREDENTIALS, 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];

/**
 * Writes out what a function may do, by hand: the CDK's grants bring wildcards.
 *
 * The ARN of a log group is the one that covers its streams; Lambda makes and names those itself.
 */
export function permissionsOf(name: FunctionName, resources: FunctionResources): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({ sid: 'Table', actions: TABLE_ACTIONS[name], resources: [resources.tableArn] }),
      new PolicyStatement({
        sid: 'Credentials',
        actions: name === 'admin' ? CHANGE_CREDENTIALS : READ_CREDENTIALS,
        resources: [resources.secretArn],
      }),
      new PolicyStatement({
        sid: 'Log',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [resources.logGroupArn],
      }),
    ],
  });
}
