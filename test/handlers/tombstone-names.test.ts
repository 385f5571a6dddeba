import { beforeAll, describe, expect, it } from '@jest/globals';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ROUNDS = 20;

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await openEndpoint();
  refuseOverlaps(endpoint.table.client);
});

const nameOf = (round: number): string => `user.${round}@example.com`;
/** What Entra calls a deleted user. */
const tombstoneOf = (round: number): string => `${round.toString(16).padStart(32, '0')}${nameOf(round)}`;

const create = (userName: string) => endpoint.send('POST', '/Users', { body: { schemas: [USER], userName, active: true } });

const rename = (id: string, userName: string, active: string) =>
  endpoint.send('PATCH', `/Users/${id}`, {
    body: {
      schemas: [PATCH],
      Operations: [
        { op: 'Replace', path: 'userName', value: userName },
        { op: 'Replace', path: 'active', value: active },
      ],
    },
  });

async function findIds(userName: string): Promise<readonly string[]> {
  const { json } = await endpoint.send('GET', '/Users', { query: { filter: `userName eq "${userName}"` } });
  return (json.Resources ?? []).map(({ id }: { id: string }) => id);
}

describe('a deleted user that Entra renames', () => {
  it('while its name is given to another: one of the two has it at any time', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { json: first } = await create(nameOf(round));

      const [deleted, ...created] = await Promise.all([
        rename(first.id, tombstoneOf(round), 'False'),
        create(nameOf(round)),
        create(nameOf(round).toUpperCase()),
      ]);

      expect(deleted.status).toBe(200);
      expect([...created.map(({ status }) => status)].sort()).toEqual(expect.arrayContaining([409]));
      expect(created.every(({ status }) => status === 201 || status === 409)).toBe(true);
      const again = await create(nameOf(round));
      expect(again.status).toBe(created.some(({ status }) => status === 201) ? 409 : 201);
      expect(await findIds(tombstoneOf(round))).toEqual([first.id]);
      expect(await findIds(nameOf(round))).toHaveLength(1);
    }
  });

  it('and restores while its name is given to another: one of the two gets it, and the other one stays what it was', async () => {
    for (let round = ROUNDS; round < 2 * ROUNDS; round += 1) {
      const { json: first } = await create(nameOf(round));
      await rename(first.id, tombstoneOf(round), 'False');

      const [restored, created] = await Promise.all([rename(first.id, nameOf(round), 'True'), create(nameOf(round))]);

      const { json: now } = await endpoint.send('GET', `/Users/${first.id}`);
      const [winner] = await findIds(nameOf(round));
      if (restored.status === 200) expect([created.status, now.active, winner]).toEqual([409, true, first.id]);
      else expect([restored.status, created.status, now.active, now.userName]).toEqual([409, 201, false, tombstoneOf(round)]);
    }
  });

  it('leaves a table that agrees with itself', async () => {
    expect(contradictions(await readTable(endpoint.table.client, endpoint.table.tableName))).toEqual([]);
  });
});
