import { describe, expect, it } from '@jest/globals';
import { attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { idOf, postUser, resultsOf, sendBulk, statusesOf } from '../support/bulk.ts';
import { openEndpoint } from '../support/endpoint.ts';
import { openTestStore } from '../support/store-open.ts';

const NOTE: ResourceType = {
  name: 'Note',
  description: 'A note of which there may be several alike.',
  endpoint: '/Notes',
  schema: {
    id: 'urn:example:params:scim:schemas:2.0:Note',
    name: 'Note',
    description: '',
    attributes: [attribute('about', { required: true }), attribute('next')],
  },
  extensions: [],
  subjectAttributes: [],
};

const registry = [...REGISTRY, NOTE];
const open = () => openEndpoint({ services: { registryOf: async () => registry }, openStore: () => openTestStore({ registry }) });

const postNote = (bulkId: string, about: string, more = {}) => ({
  method: 'POST',
  path: '/Notes',
  bulkId,
  data: { schemas: [NOTE.schema.id], about, ...more },
});

describe('a resource type added at run time', () => {
  it('is created and referred to in a bulk request, and once however often that is sent, though nothing of it is unique', async () => {
    const endpoint = await open();
    const operations = [postNote('n', 'bulkId:u'), postNote('m', 'bulkId:u'), postUser('u')];

    const answers = [await sendBulk(endpoint, operations), await sendBulk(endpoint, operations), await sendBulk(endpoint, operations)];

    const notes = (await endpoint.send('GET', '/Notes')).json;
    expect(answers.map(statusesOf)).toEqual(answers.map(() => ['201', '201', '201']));
    expect(notes.totalResults).toBe(2);
    expect(new Set(notes.Resources.map(({ about }: { about: string }) => about))).toEqual(
      new Set(answers.map((answer) => idOf(answer, 2))),
    );
  });

  it('begins a circle with the one that can do without its reference for a while', async () => {
    const endpoint = await open();

    const answer = await sendBulk(endpoint, [postNote('a', 'bulkId:b'), postNote('b', 'the other', { next: 'bulkId:a' })]);

    expect(statusesOf(answer)).toEqual(['201', '201']);
    expect(resultsOf(answer).map(({ version }) => version)).toEqual(['W/"1"', 'W/"2"']);
    expect((await endpoint.send('GET', `/Notes/${idOf(answer, 1)}`)).json.next).toBe(idOf(answer, 0));
  });

  it('cannot be created in a circle that a required attribute of each closes', async () => {
    const endpoint = await open();

    const answer = await sendBulk(endpoint, [postNote('a', 'bulkId:b'), postNote('b', 'bulkId:a')]);

    expect(statusesOf(answer)).toEqual(['409', '409']);
    expect(resultsOf(answer)[0]?.response?.detail).toMatch(/required attribute/);
    expect((await endpoint.send('GET', '/Notes')).json.totalResults).toBe(0);
  });
});
