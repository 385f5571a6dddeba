import { describe, expect, it } from '@jest/globals';
import { readExample, registryWith } from '../support/custom-registry.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { eventsOf, readPages } from '../support/event-pages.ts';
import { anEntry } from '../support/feed-entries.ts';
import { aCall } from '../support/store-call.ts';
import { aUser, create } from '../support/store-resources.ts';

const WITH_DEVICES = registryWith(readExample('device.json'));

/** The function goes by the types that it has read a moment ago, to which one has been added since. */
const openBehind = (options: Parameters<typeof openEndpoint>[0] = {}): Promise<Endpoint> =>
  openEndpoint({ principal: { scope: 'events' }, feed: { registryOf: async () => WITH_DEVICES }, ...options });

const DEVICE = { type: 'resource.created', resourceType: 'Device' } as const;

describe('of a type of resources that was added just now', () => {
  it('what happens is told', async () => {
    const endpoint = await openBehind();
    const begun = await endpoint.send('GET', '/events', { query: { from: 'now' } });
    const entry = anEntry(DEVICE);
    await endpoint.feed.log.append([entry], aCall());

    const pages = await readPages(endpoint, { cursor: begun.json.nextCursor });

    expect(eventsOf(pages).map(({ resourceId }) => resourceId)).toEqual([entry.resourceId]);
  });

  it('a snapshot tells what there is', async () => {
    const endpoint = await openBehind();
    const device = await create(endpoint.table.store, { ...aUser(''), type: 'Device', attributes: { serialNumber: 'SN-1' } });

    const pages = await readPages(endpoint, {});

    expect(eventsOf(pages)).toEqual([expect.objectContaining({ type: 'resource.snapshot', resourceId: device.id })]);
  });

  it('nothing is told to an application that is not served it', async () => {
    const endpoint = await openBehind({ policy: { resourceTypes: ['User'] } });
    const begun = await endpoint.send('GET', '/events', { query: { from: 'now' } });
    await endpoint.feed.log.append([anEntry(DEVICE)], aCall());

    const pages = await readPages(endpoint, { cursor: begun.json.nextCursor });

    expect(eventsOf(pages)).toEqual([]);
  });
});
