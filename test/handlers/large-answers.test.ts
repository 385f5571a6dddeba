import { describe, expect, it } from '@jest/globals';
import { listAnswer } from '../../lambdas/middleware/list-answer.ts';
import { respond } from '../../lambdas/middleware/respond.ts';
import { GROUP } from '../../src/scim/schema/resource-types.ts';
import { openEndpoint } from '../support/endpoint.ts';
import { aContext } from '../support/request-context.ts';
import { aStoredGroup } from '../support/stored-resources.ts';

/** What Lambda takes of a function behind a gateway: the whole result, in which the body is a JSON string once more. */
const LAMBDA_BYTES = 6 * 1024 * 1024;

describe('an answer', () => {
  it.each([
    ['of a script that takes three bytes a letter', '漢'.repeat(20_000)],
    ['full of quotes', '"\\'.repeat(10_000)],
  ])('with a page of resources %s ends before Lambda would refuse it', (_, text) => {
    const selection = { type: GROUP, query: { startIndex: 1, count: 200, projection: {} } };
    const items = Array.from({ length: 200 }, () => ({
      selection,
      loaded: { resource: aStoredGroup({ attributes: { displayName: text } }) },
    }));

    const answer = listAnswer({ total: 200, startIndex: 1, items }, aContext());

    expect(Buffer.byteLength(JSON.stringify(respond(answer, 'request-1')))).toBeLessThan(LAMBDA_BYTES);
    expect(answer.body).toMatchObject({ totalResults: 200, itemsPerPage: expect.any(Number) });
  });

  it('that no page can cut is refused with advice, not left to the gateway', async () => {
    const { send, table } = await openEndpoint();
    const { json } = await send('POST', '/Groups', { body: { schemas: [GROUP.schema.id], displayName: 'Vast' } });
    const members = Array.from({ length: 45_000 }, (_, index) => ({
      value: `0197f000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      type: 'User',
    }));
    const load = table.store.load.bind(table.store);
    table.store.load = async (type, id, include, call) => {
      const loaded = await load(type, id, include, call);
      return loaded && (include.members ? { ...loaded, members } : loaded);
    };

    const whole = await send('GET', `/Groups/${json.id}`);
    const part = await send('GET', `/Groups/${json.id}`, { query: { excludedAttributes: 'members' } });

    expect([whole.status, whole.json.detail]).toEqual([413, expect.stringContaining('excludedAttributes=members')]);
    expect(part.status).toBe(200);
  });
});
