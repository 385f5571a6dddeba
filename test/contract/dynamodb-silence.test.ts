import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { aCall } from '../support/store-call.ts';

const sockets = new Set<Socket>();
const silent = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
let endpoint = '';

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
});

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

it('a service that takes the call and never answers does not hold the request past its deadline', async () => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  const store = openDirectoryStore({ client, tableName: 'table', registry: REGISTRY });
  const deadlineMs = Date.now() + 200;

  await expect(store.count('User', aCall({ deadlineMs }))).rejects.toMatchObject({
    kind: 'unavailable',
    cause: { name: expect.any(String) },
  });

  expect(sockets.size).toBe(1);
  expect(Date.now()).toBeGreaterThanOrEqual(deadlineMs - 5);
  expect(Date.now()).toBeLessThan(deadlineMs + 500);
});
