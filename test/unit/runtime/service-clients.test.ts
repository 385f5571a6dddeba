import { once } from 'node:events';
import { createServer } from 'node:net';
import { DescribeStreamCommand } from '@aws-sdk/client-dynamodb-streams';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { isOutOfReach } from '../../../src/runtime/out-of-reach.ts';
import { eventBridgeClient, sqsClient, streamsClient } from '../../../src/runtime/service-clients.ts';

const PATIENCE = { timeoutMs: 40 };

const sendMessage = (QueueUrl: string) => sqsClient(PATIENCE).send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
const putEvents = () => eventBridgeClient(PATIENCE).send(new PutEventsCommand({ Entries: [{ Detail: '{}' }] }));

const readStream = () => streamsClient(PATIENCE).send(new DescribeStreamCommand({ StreamArn: 'arn:aws:dynamodb:::table/t/stream/1' }));

/** Takes connections, and never says anything. */
async function startSilence() {
  const server = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const services = ['SQS', 'EVENTBRIDGE', 'DYNAMODB_STREAMS'];
  for (const service of services) process.env[`AWS_ENDPOINT_URL_${service}`] = url;
  Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  return { server, url };
}

describe('a service that does not answer', () => {
  it.each([
    ['queue', sendMessage],
    ['bus', putEvents],
    ['stream', readStream],
  ])('is out of reach soon: %s', async (_, call) => {
    const { server, url } = await startSilence();

    const reason = await call(url).catch((error: unknown) => error);
    server.close();

    expect(reason).toMatchObject({ name: 'TimeoutError' });
    expect(isOutOfReach(reason)).toBe(true);
  });
});
