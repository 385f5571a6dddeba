import type { StreamServices } from '../../src/runtime/worker-services.ts';

type Image = Parameters<StreamServices['errandsIn']>[0][number];

/** A batch of the table's changes, as the stream hands it over. */
export type StreamEvent = { readonly Records: readonly { readonly dynamodb?: { readonly NewImage?: Image | undefined } | undefined }[] };

/** Puts what has come up to be done into the queue. What only went leaves nothing to do. */
export async function forward({ queue, errandsIn }: StreamServices, { Records }: StreamEvent): Promise<void> {
  await queue.send(errandsIn(Records.flatMap(({ dynamodb }) => (dynamodb?.NewImage ? [dynamodb.NewImage] : []))));
}
