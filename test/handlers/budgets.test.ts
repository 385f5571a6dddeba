import { beforeAll, describe, expect, it } from '@jest/globals';
import { PRESETS } from '../../src/access/presets.ts';
import type { RequestLine } from '../../src/runtime/log.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openMatchingSite } from '../support/matching-site.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let endpoint: Endpoint;

/** Close to the 2,048 bytes a user item may have for these budgets, with one e-mail. */
const aUser = (name: string) => ({
  schemas: [USER],
  externalId: `external-${name}`,
  userName: `${name}@example.com`,
  displayName: name,
  emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
  title: 't'.repeat(900),
});

const create = async (path: string, body: unknown): Promise<string> => (await endpoint.send('POST', path, { body })).json.id;

function done(answer: Answer): Answer {
  expect(answer.status).toBeLessThan(300);
  return answer;
}

const cost = ({ storeRoundTrips, readUnits, writeUnits }: RequestLine) => ({ storeRoundTrips, readUnits, writeUnits });

/** Members are added in PATCHes of 25, as many as it takes. */
async function aGroupOf(size: number, name: string): Promise<string> {
  const group = await create('/Groups', { schemas: [GROUP], displayName: name });
  const ids = await Promise.all(
    Array.from({ length: size }, (_, index) => create('/Users', { schemas: [USER], userName: `${name}-${index}` })),
  );
  for (let at = 0; at < size; at += 25) done(await addMembers(group, ids.slice(at, at + 25)));
  return group;
}

const addMembers = (group: string, ids: readonly string[]) =>
  endpoint.send('PATCH', `/Groups/${group}`, {
    body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }] },
  });

beforeAll(async () => {
  endpoint = await openEndpoint({ policy: PRESETS.entra.settings });
});

describe('what a request may cost', () => {
  it('creates a user in one round trip and 14 write units', async () => {
    const { status, line } = await endpoint.send('POST', '/Users', { body: aUser('create') });

    expect(status).toBe(201);
    expect(cost(line)).toEqual({ storeRoundTrips: 1, readUnits: 0, writeUnits: 14 });
  });

  it('reads a user with its groups in one round trip and 3 read units', async () => {
    const id = await create('/Users', aUser('read'));
    await addMembers(await create('/Groups', { schemas: [GROUP], displayName: 'read' }), [id]);

    const { json, line } = await endpoint.send('GET', `/Users/${id}`);

    expect(json.groups).toHaveLength(1);
    expect(line.storeRoundTrips).toBe(1);
    expect(line.readUnits).toBeLessThanOrEqual(3);
    expect(line.writeUnits).toBe(0);
  });

  it.each([
    ['userName', 'userName eq "MATCH@example.com"'],
    ['externalId', 'externalId eq "external-match"'],
    ['the work e-mail', 'emails[type eq "work"].value eq "match@example.com"'],
  ])('matches a user by %s in two round trips and 4 read units', async (attribute, filter) => {
    if (attribute === 'userName') await create('/Users', aUser('match'));

    const hit = await endpoint.send('GET', '/Users', { query: { filter } });
    const withoutGroups = await endpoint.send('GET', '/Users', { query: { filter, excludedAttributes: 'groups' } });

    expect(hit.json.totalResults).toBe(1);
    expect(hit.line.storeRoundTrips).toBe(2);
    expect(hit.line.readUnits).toBeLessThanOrEqual(4);
    expect(withoutGroups.json.totalResults).toBe(1);
    expect(withoutGroups.line.readUnits).toBeLessThanOrEqual(2);
  });

  it('answers Test Connection, a look-up that misses, with one read unit', async () => {
    const { json, line } = await endpoint.send('GET', '/Users', { query: { filter: 'userName eq "7a9c2d0e-no-such-user"' } });

    expect(json.totalResults).toBe(0);
    expect(cost(line)).toEqual({ storeRoundTrips: 1, readUnits: 1, writeUnits: 0 });
  });

  it('changes a user in two round trips, 3 write units and 3 read units', async () => {
    const id = await create('/Users', aUser('patch'));

    const { status, json, line } = await endpoint.send('PATCH', `/Users/${id}`, {
      body: { schemas: [PATCH], Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
    });

    expect(status).toBe(200);
    expect(json.active).toBe(false);
    expect(line.storeRoundTrips).toBe(2);
    expect(line.writeUnits).toBeLessThanOrEqual(3);
    expect(line.readUnits).toBeLessThanOrEqual(3);
  });

  it.each([1, 30])('adds %i members in two round trips, 6n + 4 write units and 2n + 2 read units', async (n) => {
    const group = await create('/Groups', { schemas: [GROUP], displayName: `add ${n}` });
    const ids = await Promise.all(
      Array.from({ length: n }, (_, index) => create('/Users', { schemas: [USER], userName: `add-${n}-${index}` })),
    );

    const { status, line } = await addMembers(group, ids);

    expect(status).toBe(204);
    expect(line.storeRoundTrips).toBe(2);
    expect(line.writeUnits).toBeLessThanOrEqual(6 * n + 4);
    expect(line.readUnits).toBeLessThanOrEqual(2 * n + 2);
  });

  it('pays the same for a group of 5 and of 200: to add a member, to remove it, to read the group without members', async () => {
    const [small, large] = [await aGroupOf(5, 'small'), await aGroupOf(200, 'large')];
    const member = await create('/Users', { schemas: [USER], userName: 'wanderer' });
    const costs = async (group: string) => [
      cost(done(await addMembers(group, [member])).line),
      cost((await endpoint.send('GET', `/Groups/${group}`, { query: { excludedAttributes: 'members' } })).line),
      cost(
        (
          await endpoint.send('PATCH', `/Groups/${group}`, {
            body: { schemas: [PATCH], Operations: [{ op: 'remove', path: `members[value eq "${member}"]` }] },
          })
        ).line,
      ),
    ];

    // The row remembers its last change, so both groups begin from the same one.
    await costs(small);
    await costs(large);
    const ofLarge = await costs(large);

    expect(ofLarge).toEqual(await costs(small));
    expect(ofLarge[1]).toEqual({ storeRoundTrips: 1, readUnits: 1, writeUnits: 0 });
  });

  it('reads groups and members only of what is shown when a filter has to look at everything', async () => {
    const other = await openEndpoint();
    const ids: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      const body = { schemas: [USER], userName: `walk-${index}`, title: index % 20 === 7 ? 'boss' : 'clerk' };
      ids.push((await other.send('POST', '/Users', { body })).json.id);
    }
    await other.send('POST', '/Groups', {
      body: { schemas: [GROUP], displayName: 'walked', members: ids.slice(0, 9).map((value) => ({ value })) },
    });

    const users = await other.send('GET', '/Users', { query: { filter: 'title eq "boss"', count: '1' } });
    const groups = await other.send('GET', '/Groups', { query: { filter: 'displayName sw "walk"' } });
    const none = await other.send('GET', '/Groups', { query: { filter: 'displayName sw "no"' } });

    expect([users.json.totalResults, users.json.Resources[0].groups.length]).toEqual([2, 1]);
    expect([users.line.storeCalls, users.line.storeRoundTrips]).toEqual([3, 2]);
    expect(groups.json.Resources[0].members).toHaveLength(9);
    expect(none.line.storeCalls).toBe(1);
  });

  it('removes a user from any number of groups, and a group of any size, at one price', async () => {
    const other = await openEndpoint();
    const users = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const body = { schemas: [USER], userName: `gone-${index}`, emails: [{ value: `gone-${index}@example.com` }] };
        return (await other.send('POST', '/Users', { body })).json.id;
      }),
    );
    const groups: string[] = [];
    for (const size of [1, 24, 2]) {
      const members = users.slice(0, size).map((value) => ({ value }));
      groups.push((await other.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: `gone-${size}`, members } })).json.id);
    }

    // What the last change named is kept on the group's row: these name the same.
    for (const group of groups) {
      const rename = { op: 'replace', path: 'displayName', value: `renamed ${group}` };
      await other.send('PATCH', `/Groups/${group}`, { body: { schemas: [PATCH], Operations: [rename] } });
    }

    const removed = [
      (await other.send('DELETE', `/Users/${users[0]}`)).line,
      (await other.send('DELETE', `/Users/${users[23]}`)).line,
      (await other.send('DELETE', `/Groups/${groups[0]}`)).line,
      (await other.send('DELETE', `/Groups/${groups[1]}`)).line,
    ];

    const costs = removed.map(({ storeRoundTrips, readUnits, writeUnits }) => [storeRoundTrips, readUnits, writeUnits]);
    expect(costs.slice(0, 2)).toEqual([costs[0], costs[0]]);
    expect(costs.slice(2)).toEqual([costs[2], costs[2]]);
    expect(costs[0]?.[2]).toBeLessThanOrEqual(20);
    expect(costs[2]?.[2]).toBeLessThanOrEqual(16);
    expect(removed.map(({ storeRoundTrips }) => storeRoundTrips)).toEqual([2, 2, 2, 2]);
  });

  it('pays the same for every page of a list that is read in sequence', async () => {
    const other = await openEndpoint();
    for (let index = 0; index < 60; index += 1) {
      await other.send('POST', '/Users', { body: { schemas: [USER], userName: `page-${String(index).padStart(2, '0')}` } });
    }
    const lines: RequestLine[] = [];
    const names: string[] = [];

    for (const startIndex of [1, 11, 21, 31, 41, 51]) {
      const { json, line } = await other.send('GET', '/Users', {
        query: { startIndex: String(startIndex), count: '10', excludedAttributes: 'groups' },
      });
      expect(json).toMatchObject({ totalResults: 60, startIndex, itemsPerPage: 10 });
      names.push(...json.Resources.map(({ userName }: { userName: string }) => userName));
      lines.push(line);
    }

    expect(new Set(names).size).toBe(60);
    expect(new Set(lines.slice(1, -1).map(({ readUnits }) => readUnits)).size).toBe(1);
    for (const { storeRoundTrips, writeUnits } of lines) {
      expect(storeRoundTrips).toBeLessThanOrEqual(3);
      expect(writeUnits).toBeLessThanOrEqual(1);
    }
  });
});

describe('what a matching attribute may cost, once it is ready', () => {
  it('matches a user in two round trips and 4 read units, misses one in one, and adds 2 write units to its creation', async () => {
    const site = await openMatchingSite();
    const matched = await site.openFunction();
    const send = (method: string, path: string, sent = {}) => matched.send(method, path, sent);
    const { json } = await send('POST', '/Users', { body: aUser('matched') });
    await send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'g', members: [{ value: json.id }] } });
    await site.add('displayName');
    await site.settle();
    await send('GET', '/Users/nobody');

    const created = await send('POST', '/Users', { body: aUser('another') });
    const hit = await send('GET', '/Users', { query: { filter: 'displayName eq "MATCHED"' } });
    const withoutGroups = await send('GET', '/Users', { query: { filter: 'displayName eq "matched"', excludedAttributes: 'groups' } });
    const miss = await send('GET', '/Users', { query: { filter: 'displayName eq "nobody"' } });

    expect([hit.json.totalResults, withoutGroups.json.totalResults, miss.json.totalResults]).toEqual([1, 1, 0]);
    expect(hit.json.Resources[0].groups).toHaveLength(1);
    expect(cost(created.line)).toEqual({ storeRoundTrips: 1, readUnits: 0, writeUnits: 16 });
    expect(hit.line.storeRoundTrips).toBe(2);
    expect(hit.line.readUnits).toBeLessThanOrEqual(4);
    expect(withoutGroups.line.readUnits).toBeLessThanOrEqual(2);
    expect(cost(miss.line)).toEqual({ storeRoundTrips: 1, readUnits: 1, writeUnits: 0 });
  });
});
