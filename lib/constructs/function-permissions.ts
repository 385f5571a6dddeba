import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type FunctionName, STREAM, SWEEPER } from '../../src/runtime/routes.ts';
import { endpointOf } from './tenant-key.ts';

/** What the ARNs of a stack's resources are, as far as a function is let near them. */
export interface FunctionResources {
  readonly tableArn: string;
  readonly streamArn: string;
  readonly queueArn: string;
  readonly deadLetterQueueArn: string;
  readonly eventBusArn: string;
  readonly secretArn: string;
  readonly logGroupArn: string;
  /** Key that table, secret and queues are encrypted by, where it is not AWS's. */
  readonly keyArn?: string | undefined;
}

const READ_SETTING = ['dynamodb:GetItem'];

/** What is asked for together is read together. */
const READ_SETTINGS = ['dynamodb:BatchGetItem', ...READ_SETTING];

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
  // Writes down which assertions have been used.
  token: [...READ_SETTING, 'dynamodb:PutItem'],
  // Restores what was removed, exports and imports, and looks through the whole table for what a purge has to erase.
  admin: [...CHANGE_DIRECTORY, 'dynamodb:Scan'],
  // Reads the log and the directory; what it writes down is that a credential was used.
  events: [...READ_SETTINGS, 'dynamodb:PutItem', 'dynamodb:Query'],
  // Writes the log of events, and reads what its entries need: who removed a resource, how a large change went. Near the end
  // of a log that has gone quiet, it checks that nobody has begun it anew.
  [STREAM]: [
    'dynamodb:BatchGetItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ],
  // Looks through the whole table for what was forgotten.
  [SWEEPER]: [...CHANGE_DIRECTORY, 'dynamodb:Scan'],
};

const READ_CREDENTIALS = ['secretsmanager:GetSecretValue'];

/** By compare-and-swap: a value is put under a private stage, which is then moved. */
const CHANGE_CREDENTIALS = [...READ_CREDENTIALS, 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];

/** At a place that is known. */
const LOOK_INTO_STREAM = ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
/** What Lambda does as the function that it invokes. */
const READ_STREAM = ['dynamodb:DescribeStream', ...LOOK_INTO_STREAM, 'dynamodb:ListStreams'];
const DECRYPT = ['kms:Decrypt'];

/** Whoever writes has data keys made, for a message or a version of the secret. */
const ENCRYPT = [...DECRYPT, 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];

const SEND = ['sqs:SendMessage'];
const RECEIVE = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

const QUEUE_ACTIONS: Partial<Record<FunctionName, string[]>> = { admin: SEND, [STREAM]: SEND, [SWEEPER]: [...SEND, ...RECEIVE] };

/** Lambda itself puts aside what a function could not take from the stream, as that function; what was put aside, an operator has tried again. */
const DEAD_LETTER_ACTIONS: Partial<Record<FunctionName, string[]>> = { admin: RECEIVE, [STREAM]: SEND };

const STREAM_ACTIONS: Partial<Record<FunctionName, string[]>> = { [STREAM]: READ_STREAM, [SWEEPER]: LOOK_INTO_STREAM };

const PUBLISH = ['events:PutEvents'];

/** Events of the log are published as they are written, those of a large change one piece of work after the other, and again when an operator says so. */
const BUS_ACTIONS: Partial<Record<FunctionName, string[]>> = { admin: PUBLISH, [STREAM]: PUBLISH, [SWEEPER]: PUBLISH };

/**
 * Writes out what a function may do, by hand: the CDK's grants bring wildcards.
 *
 * The ARN of a log group is the one that covers its streams; Lambda makes and names those itself.
 */
export function permissionsOf(name: FunctionName, resources: FunctionResources): PolicyDocument {
  const { tableArn, streamArn, queueArn, deadLetterQueueArn, eventBusArn, secretArn, logGroupArn, keyArn } = resources;
  return new PolicyDocument({
    statements: [
      ...allow('Table', TABLE_ACTIONS[name], tableArn),
      ...allow('Credentials', name === STREAM ? [] : name === 'admin' ? CHANGE_CREDENTIALS : READ_CREDENTIALS, secretArn),
      ...allow('Stream', STREAM_ACTIONS[name], streamArn),
      ...allow('Queue', QUEUE_ACTIONS[name], queueArn),
      ...allow('DeadLetters', DEAD_LETTER_ACTIONS[name], deadLetterQueueArn),
      ...allow('Events', BUS_ACTIONS[name], eventBusArn),
      ...(keyArn === undefined ? [] : [useOf(keyArn, TABLE_ACTIONS[name] === READ_SETTINGS ? DECRYPT : ENCRYPT)]),
      ...allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn),
    ],
  });
}

const allow = (sid: string, actions: string[] | undefined, resource: string): readonly PolicyStatement[] =>
  actions === undefined || actions.length === 0 ? [] : [new PolicyStatement({ sid, actions, resources: [resource] })];

/** A key serves through the services that hold what it has encrypted, and never by itself. */
const useOf = (keyArn: string, actions: string[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'Key',
    actions,
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': ['dynamodb', 'secretsmanager', 'sqs'].map(endpointOf) } },
  });
