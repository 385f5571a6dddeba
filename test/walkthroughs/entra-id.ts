import { expect } from '@jest/globals';

import { GROUP, patchOf, type ScimClient, scimClient, USER } from '../support/local-client.ts';
import { at, type Json, type JsonObject } from './json.ts';

/** A user as the mappings of a gallery application make it; without the attribute it is matched by, nothing is sent. */
export type SentUser = JsonObject & { readonly userName: string };

/**
 * Does what Entra ID's provisioning does with users and groups that are assigned: looks for a match, creates what is
 * missing, changes what differs, one attribute an operation, verbs and booleans in its own spelling.
 */
export function entraId(tenantUrl: string, token: string) {
  const scim = scimClient({ tenantUrl }, token);
  return {
    scim,
    provisionOnDemand: (user: SentUser) => provision(scim, user),
    initialCycle: async (users: readonly SentUser[]): Promise<readonly string[]> => {
      const ids: string[] = [];
      for (const user of users) ids.push(await provision(scim, user));
      return ids;
    },
    update: (id: string, path: string, value: Json) => patch(scim, `/Users/${id}`, { op: 'Replace', path, value }),
    disable: (id: string) => patch(scim, `/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' }),
    remove: async (id: string) => (await scim('DELETE', `/Users/${id}`)).status,
    provisionGroup: (displayName: string, members: readonly string[]) => provisionGroup(scim, displayName, members),
    find: (userName: string) => find(scim, userName),
    read: (id: string) => scim('GET', `/Users/${id}`),
  };
}

async function find(scim: ScimClient, userName: string): Promise<JsonObject | undefined> {
  const answer = await scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
  expect(answer.status).toBe(200);
  return at(answer.body, 'Resources', 0);
}

/** Matches by userName; a match is only updated. */
async function provision(scim: ScimClient, user: SentUser): Promise<string> {
  const match = await find(scim, user.userName);
  if (match !== undefined) {
    const changes = Object.entries(user).filter(([name]) => !['schemas', 'userName'].includes(name));
    await patch(scim, `/Users/${match['id']}`, ...changes.map(([path, value]) => ({ op: 'Replace', path, value })));
    return String(match['id']);
  }
  const created = await scim('POST', '/Users', { schemas: [USER], ...user });
  expect(created).toMatchObject({ status: 201 });
  return String(created.body['id']);
}

async function provisionGroup(scim: ScimClient, displayName: string, members: readonly string[]): Promise<string> {
  const query = `filter=${encodeURIComponent(`displayName eq "${displayName}"`)}&excludedAttributes=members`;
  const match = await scim('GET', `/Groups?${query}`);
  expect(match).toMatchObject({ status: 200, body: { totalResults: 0 } });
  const created = await scim('POST', '/Groups', { schemas: [GROUP], externalId: `ext-${displayName}`, displayName });
  expect(created).toMatchObject({ status: 201 });
  const id = String(created.body['id']);
  for (const value of members) await patch(scim, `/Groups/${id}`, { op: 'Add', path: 'members', value: [{ $ref: null, value }] });
  return id;
}

async function patch(scim: ScimClient, path: string, ...operations: readonly object[]): Promise<void> {
  const answer = await scim('PATCH', path, patchOf(...operations));
  expect([200, 204]).toContain(answer.status);
}
