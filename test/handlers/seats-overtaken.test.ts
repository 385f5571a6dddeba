import { describe, expect, it } from '@jest/globals';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openSite, type Site } from '../support/site.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** One more than may be left for seats to be taken in turns. */
const JUST_FAR = 1_001;

const post = ({ send }: Endpoint, userName: string): Promise<Answer> =>
  send('POST', '/Users', { body: { schemas: [USER], userName, active: true } });

const setActive = ({ send }: Endpoint, id: string, value: boolean): Promise<Answer> =>
  send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value }] } });

/** Another application of the same directory. */
async function another(site: Site, policy: { readonly maxActiveUsers?: number }): Promise<Endpoint> {
  const { endpoint } = await site.begin();
  return openEndpoint({ policy, principal: { application: 'other' }, openStore: async () => endpoint.table });
}

/** Sends a request whose second call to the table waits until all of this is done. */
async function overtaken(site: Site, request: (endpoint: Endpoint) => Promise<Answer>, meanwhile: () => Promise<unknown>): Promise<Answer> {
  const [asleep, wake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { endpoint } = await site.begin({
    around: async (call, send) => {
      if (call === 2) {
        asleep.resolve();
        await wake.promise;
      }
      return send();
    },
  });
  const sent = request(endpoint);
  await asleep.promise;
  await meanwhile();
  wake.resolve();
  return sent;
}

describe('a request that is overtaken', () => {
  it('takes its seat in turn when it set out far from the limit and the limit is near by then', async () => {
    const site = await openSite(undefined, [], undefined, { maxActiveUsers: JUST_FAR });
    const other = await another(site, { maxActiveUsers: 1 });

    const { status, line } = await overtaken(
      site,
      (endpoint) => post(endpoint, 'ada'),
      () => post(other, 'bea'),
    );

    expect(status).toBe(201);
    expect(line.storeRetries).toBe(1);
    expect((await post(other, 'cyd')).status).toBe(403);
    // Guarded, then bea, then ada.
    const turns = (await readTable(site.client, site.tableName)).flatMap(({ turn }) => turn?.N ?? []);
    expect(turns).toEqual(['3']);
  });

  it('counts the seat of one who is activated while it is marked free', async () => {
    const site = await openSite();
    const { endpoint } = await site.begin();
    const limited = await another(site, { maxActiveUsers: 2 });
    const [ada] = [(await post(endpoint, 'ada')).json.id, await post(endpoint, 'bea')];
    await setActive(endpoint, ada, false);

    const { status } = await overtaken(
      site,
      (sleepy) => setActive(sleepy, ada, true),
      () => post(limited, 'cyd'),
    );

    expect(status).toBe(200);
    expect(contradictions(await readTable(site.client, site.tableName))).toEqual([]);
    expect((await post(limited, 'dan')).status).toBe(403);
  });
});
