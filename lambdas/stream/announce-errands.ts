import type { StoreCall } from '../../src/access/ports.ts';
import { isOutOfReach } from '../../src/runtime/out-of-reach.ts';
import type { StreamServices, TableRecord } from '../../src/runtime/stream-services.ts';
import { type Poison, putAside } from './put-aside.ts';
import { sayWhy } from './say-why.ts';
import type { Taken } from './taken.ts';

/** Puts what has come up to be done into the queue. What only went leaves nothing to do. */
export async function announceErrands(services: StreamServices, records: readonly TableRecord[], call: StoreCall): Promise<Taken> {
  const { queue, errandsIn } = services;
  const poison: Poison[] = [];
  const found = records.flatMap(({ dynamodb }, index) => {
    try {
      return dynamodb?.NewImage ? errandsIn([dynamodb.NewImage]).map((errand) => ({ errand, index })) : [];
    } catch (error) {
      // Whoever looks for forgotten work finds what this one announces, if it does so at all.
      poison.push({ error, work: { kind: 'requeue' } });
      return [];
    }
  });
  try {
    await putAside(services, poison, call);
    await queue.send(found.map(({ errand }) => errand));
    return { counts: { putAside: poison.length } };
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    sayWhy(services, 'What is to be done could not be queued yet', error);
    return { failedAt: poison.length > 0 ? 0 : (found[0]?.index ?? 0) };
  }
}
