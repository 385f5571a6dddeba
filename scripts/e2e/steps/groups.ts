import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GROUP, patchOf, type ScimClient, scimClient, USER } from '../../../test/support/local-client.ts';
import { rootClients } from '../account.ts';
import { linesOf } from '../log-lines.ts';
import { PASSING } from '../tenants.ts';
import { outputsOf, type Step, type World } from '../world.ts';
import { makeApplication, within } from './credentials.ts';

/** More than one transaction takes, in one change and in one deletion. */
const MEMBERS = 150;
const BULK = 50;

/** A change too large for one transaction, then a deletion whose rest is left to stream, queue and sweeper. */
export const groups: Step = {
  name: `a change of ${MEMBERS} members, and a deletion that is swept`,
  run: async (world, check) => {
    const { token } = await makeApplication(world, PASSING, 'crowd', 'patchAnswer.Group=noContent');
    const scim = scimClient({ tenantUrl: outputsOf(world, PASSING).TenantUrl }, token);
    const people = await createPeople(scim);
    const created = await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Crowd' });
    const id = String(created.body['id']);
    const added = await scim('PATCH', `/Groups/${id}`, patchOf({ op: 'add', path: 'members', value: people.map((value) => ({ value })) }));
    check('the change is one success', added.status === 204, added.text);
    check('all are members', membersOf((await scim('GET', `/Groups/${id}`)).body['members']) === MEMBERS);
    check('each member knows of it', membersOf((await scim('GET', `/Users/${people[0]}`)).body['groups']) === 1);
    const rows = await rowsAbout(world, id);
    check('the deletion is answered at once', (await scim('DELETE', `/Groups/${id}`)).status === 204);
    check('and is gone for everyone', membersOf((await scim('GET', `/Users/${people[0]}`)).body['groups']) === 0);
    check(
      `its ${rows} rows of memberships are swept within 60 s`,
      rows === 2 * MEMBERS && (await within(60, async () => (await rowsAbout(world, id)) === 0)),
    );
    check(
      'by the sweeper',
      (await linesOf(world, PASSING)).some((line) => line.includes('"work":"sweep"') && line.includes(id)),
    );
  },
};

async function createPeople(scim: ScimClient): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let from = 0; from < MEMBERS; from += BULK) {
    const Operations = Array.from({ length: BULK }, (_, at) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `p${from + at}`,
      data: { schemas: [USER], userName: `crowd-${from + at}@example.com` },
    }));
    const answer = await scim('POST', '/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations });
    ids.push(...[...answer.text.matchAll(/"location":"[^"]+\/Users\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id));
  }
  return ids;
}

const membersOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** Rows that tie members to the group, seen from either side; what is kept for a restore is none of them. */
async function rowsAbout(world: World, id: string): Promise<number> {
  const { TableName } = outputsOf(world, PASSING);
  let rows = 0;
  for await (const { Items = [] } of paginateScan({ client: rootClients(world).tables }, { TableName, ConsistentRead: true })) {
    rows += Items.filter(({ pk, sk }) => pk?.S?.startsWith(`Group#${id}#Members`) || (pk?.S?.startsWith('Member#') && sk?.S === id)).length;
  }
  return rows;
}
