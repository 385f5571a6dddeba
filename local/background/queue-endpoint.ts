import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type AwsEndpoint, type AwsEndpointOptions, ServiceRefusal, startAwsEndpoint } from '../aws-endpoint.ts';

export type Message = { readonly id: string; readonly body: string; readonly delaySeconds: number };

const batchSchema = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string(), DelaySeconds: z.optional(z.number()) })),
});

/**
 * Starts an SQS on this machine, with the one queue and the one operation this system uses; each message is handed over at
 * once, with its delay. Point `AWS_ENDPOINT_URL_SQS` at its URL.
 */
export const startQueueEndpoint = (
  options: Pick<AwsEndpointOptions, 'accessKeyId' | 'port'>,
  deliver: (message: Message) => void,
): Promise<AwsEndpoint> =>
  startAwsEndpoint({
    ...options,
    version: '1.0',
    perform: (target, input) => {
      if (target !== 'AmazonSQS.SendMessageBatch')
        throw new ServiceRefusal('InvalidAction', `This local endpoint does not offer "${target}".`);
      const batch = batchSchema.safeParse(input);
      if (!batch.success) throw new ServiceRefusal('InvalidParameterValue', z.prettifyError(batch.error));
      return { Successful: batch.data.Entries.map((entry) => accept(entry, deliver)), Failed: [] };
    },
  });

type Entry = z.output<typeof batchSchema>['Entries'][number];

function accept({ Id, MessageBody, DelaySeconds = 0 }: Entry, deliver: (message: Message) => void): object {
  const id = randomUUID();
  deliver({ id, body: MessageBody, delaySeconds: DelaySeconds });
  // The SDK compares it with what it has sent.
  return { Id, MessageId: id, MD5OfMessageBody: createHash('md5').update(MessageBody, 'utf8').digest('hex') };
}
