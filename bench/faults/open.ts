import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestClient, openTestTable } from '../../test/support/dynamodb-client.ts';
import { openEndpoint } from '../../test/support/endpoint.ts';
import { seededRandom } from '../support/random.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { openTraffic } from './traffic.ts';

type Options = {
  readonly seed: number;
  readonly clients: number;
  /** What a function has left when a request comes in; the request's deadline is a second and a half before. */
  readonly remainingMs?: number;
};

/** The whole stack with the proxy between the store's client and the store, and clients in front of it. */
export async function openBehindFaults(storeEndpoint: string, { seed, clients, remainingMs = 25_000 }: Options) {
  const proxy = await startFaultProxy(storeEndpoint, seededRandom(seed));
  const { client, tableName } = await openTestTable(openTestClient(storeEndpoint));
  const store = openDirectoryStore({ client: openTestClient(proxy.endpoint), tableName, registry: REGISTRY });
  const endpoint = await openEndpoint({ openStore: async () => ({ store, client, tableName }), remainingMs });
  return { proxy, endpoint, traffic: await openTraffic(endpoint, seededRandom(seed + 1), clients) };
}
