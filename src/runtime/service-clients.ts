import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';

type Patience = { readonly timeoutMs?: number };

/** Two attempts end well within what any function has. Past `requestTimeout`, the SDK only warns unless it is told to throw. */
const patienceOf = ({ timeoutMs = 4_000 }: Patience) => ({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: timeoutMs / 4, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
});

/** Makes a client of the queues that gives up soon: by itself, the SDK waits without limit. */
export const sqsClient = (patience: Patience = {}): SQSClient => new SQSClient(patienceOf(patience));

/** The same of the bus. */
export const eventBridgeClient = (patience: Patience = {}): EventBridgeClient => new EventBridgeClient(patienceOf(patience));

/** The same of the table's stream. */
export const streamsClient = (patience: Patience = {}): DynamoDBStreamsClient => new DynamoDBStreamsClient(patienceOf(patience));
