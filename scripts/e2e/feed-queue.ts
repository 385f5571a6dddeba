import { DeleteRuleCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { REGION } from './place.ts';
import type { World } from './world.ts';

const eventSchema = z.object({ id: z.string(), type: z.string(), resourceId: z.string(), version: z.number(), part: z.number() });

/** An event of the feed, as far as its order and its kind go. */
export type FedEvent = z.output<typeof eventSchema>;
export const eventsSchema = z.array(eventSchema);

const messageSchema = z.object({ source: z.string(), 'detail-type': z.string(), detail: eventSchema });

/** A queue of a vendor's own, which a rule on a tenant's bus fills. */
export type FeedQueue = AsyncDisposable & {
  /** What has come by now, each message once, with the type that the bus was told. */
  readonly take: () => Promise<readonly { readonly detailType: string; readonly event: FedEvent }[]>;
};

const SOURCE = 'serverless-scim';
const RULE = 'vendor';

export async function openFeedQueue({ emulator }: Pick<World, 'emulator'>, EventBusName: string): Promise<FeedQueue> {
  const configuration = { endpoint: emulator.endpoint, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const [bus, queues] = [new EventBridgeClient(configuration), new SQSClient(configuration)];
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'vendor-of-events' }));
  const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const rule = { EventBusName, Rule: RULE };
  await bus.send(new PutRuleCommand({ Name: RULE, EventBusName, EventPattern: JSON.stringify({ source: [SOURCE] }) }));
  await bus.send(new PutTargetsCommand({ ...rule, Targets: [{ Id: 'queue', Arn: Attributes?.['QueueArn'] }] }));
  return {
    take: () => takeAll(queues, QueueUrl),
    // A bus that has rules does not go with its stack.
    [Symbol.asyncDispose]: async () => {
      await bus.send(new RemoveTargetsCommand({ ...rule, Ids: ['queue'] }));
      await bus.send(new DeleteRuleCommand({ EventBusName, Name: RULE }));
      await queues.send(new DeleteQueueCommand({ QueueUrl }));
    },
  };
}

async function takeAll(queues: SQSClient, QueueUrl: string | undefined) {
  const taken: { readonly detailType: string; readonly event: FedEvent }[] = [];
  for (;;) {
    const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      const { source, detail, 'detail-type': detailType } = messageSchema.parse(JSON.parse(Body));
      if (source === SOURCE) taken.push({ detailType, event: detail });
      await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    if (Messages.length === 0) return taken;
  }
}
