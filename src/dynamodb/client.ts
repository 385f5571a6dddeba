import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A client that sends each call once: the store retries itself, because only it knows which writes may be repeated, and until when. */
export const openDynamoDb = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 1 });
