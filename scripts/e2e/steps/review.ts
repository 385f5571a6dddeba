import * as z from 'zod/mini';
import { scimClient } from '../../../test/support/local-client.ts';
import { scim, scimDone } from '../commands.ts';
import { PASSING } from '../tenants.ts';
import { outputsOf, type Step, type World } from '../world.ts';
import { makeApplication, within } from './credentials.ts';

const rowsSchema = z.object({ rows: z.array(z.object({ requestId: z.string(), outcome: z.string(), application: z.string() })) });
const explanationSchema = z.object({ requestId: z.string(), causes: z.array(z.object({ cause: z.string(), remedy: z.string() })) });
const statusSchema = z.object({ tenants: z.array(z.object({ state: z.string(), users: z.number(), alarms: z.array(z.string()) })) });

/** What an operator looks a complaint up with, by the documented permissions: one refusal is found by each command. */
export const review: Step = {
  name: 'the log and the state, reviewed by commands',
  run: async (world, check) => {
    const requestId = await beRefused(world);
    const words = ['--tenant', PASSING] as const;
    const logs = async (): Promise<string> => (await scim(world, 'logs', '--errors', '--since', '10m', ...words)).output;
    check('scim logs shows the refusal', await within(20, async () => (await logs()).includes(requestId)), await logs());
    const explained = explanationSchema.parse(JSON.parse(await scimDone(world, 'explain', requestId, '--json', ...words)));
    check('scim explain says why, and what to do', explained.requestId === requestId && explained.causes.length > 0);
    const { rows } = rowsSchema.parse(JSON.parse(await scimDone(world, 'report', '--app', 'reviewed', '--format', 'json', ...words)));
    const found = rows.filter((row) => row.requestId === requestId).map(({ outcome }) => outcome);
    check('scim report has it once, as refused', found.join() === 'refused', JSON.stringify(rows));
    check(
      'and nothing of another application',
      rows.every(({ application }) => application === 'reviewed'),
      JSON.stringify(rows),
    );
    const status = await scim(world, 'tenant', 'status', PASSING, '--json');
    const [tenant] = statusSchema.parse(JSON.parse(status.stdout)).tenants;
    check('scim tenant status asks stack, alarms and function', tenant?.state.endsWith('_COMPLETE') === true, status.output);
  },
};

/** Asks for somebody who cannot be created; the id by which people ask what became of it. */
async function beRefused(world: World): Promise<string> {
  const { token } = await makeApplication(world, PASSING, 'reviewed');
  const scim = scimClient({ tenantUrl: outputsOf(world, PASSING).TenantUrl }, token);
  const refused = await scim('POST', '/Users', { displayName: 'Nobody' });
  return String(refused.headers['x-request-id']);
}
