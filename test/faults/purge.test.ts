import { describe, expect, it } from '@jest/globals';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { drain } from '../support/drain.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { openSite, type Process, type Site } from '../support/site.ts';
import { problemsAtRest } from './crash/at-rest.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MANY_CALLS = 200;

const terminalOf = ({ endpoint, table, now }: Process) => aDirectoryTerminal({ ...endpoint.table, ...table }, { now });

/** Ada and others, in a group that has lost her and one that has her. */
async function prepare(site: Site): Promise<string> {
  const { endpoint } = await site.begin();
  const add = async (path: string, body: object): Promise<string> => (await endpoint.send('POST', path, { body })).json.id;
  const ada = await add('/Users', { schemas: [USER], userName: 'zuleika', emails: [{ value: 'zuleika@example.com' }] });
  const bea = await add('/Users', { schemas: [USER], userName: 'bea' });
  const members = [ada, bea].map((value) => ({ value }));
  const former = await add('/Groups', { schemas: [GROUP], displayName: 'Former', members });
  await add('/Groups', { schemas: [GROUP], displayName: 'Now', members });
  const Operations = [{ op: 'remove', path: `members[value eq "${ada}"]` }];
  await endpoint.send('PATCH', `/Groups/${former}`, { body: { schemas: [PATCH], Operations } });
  return ada;
}

/** Has a process do nothing from this call on; its work is done yet, or not. Says how many calls it made. */
async function purgeUntil(site: Site, at: number, isDone: boolean): Promise<number> {
  let made = 0;
  const mortal = await site.begin({
    around: async (call, send) => {
      made = call;
      if (call < at) return send();
      if (call === at && isDone) await send();
      throw new TypeError('the end');
    },
  });
  await terminalOf(mortal).scim('user', 'purge', 'zuleika', '--confirm', 'zuleika');
  return made;
}

async function tracesOf({ client, tableName }: Site, id: string): Promise<readonly string[]> {
  const items = await readTable(client, tableName);
  return items
    .filter((item) => [id, 'zuleika'].some((text) => JSON.stringify(item).includes(text)))
    .map(({ pk, sk }) => `${pk?.S} → ${sk?.S}`);
}

describe('a purge that breaks off before or after any of its calls', () => {
  it('is finished by another one, and then nothing is left of the person', async () => {
    for (let [at, made] = [1, 0]; at <= made + 1; at += 1) {
      for (const isDone of [false, true]) {
        const site = await openSite();
        const ada = await prepare(site);
        made = await purgeUntil(site, at, isDone);

        const { scim } = terminalOf(await site.begin());
        const { status, err } = await scim(
          'user',
          'purge',
          ada,
          '--confirm',
          (await tracesOf(site, ada)).length > 0 ? await nameOf(site, ada) : ada,
        );

        expect({ at, isDone, status, err: status === 0 ? [] : err }).toEqual({ at, isDone, status: 0, err: [] });
        expect({ at, isDone, problems: await problemsAtRest(site) }).toEqual({ at, isDone, problems: [] });
        expect({ at, isDone, traces: await tracesOf(site, ada) }).toEqual({ at, isDone, traces: [] });
      }
      expect(at).toBeLessThan(MANY_CALLS);
    }
  }, 120_000);
});

/** Her name as long as anything can tell it. */
async function nameOf({ client, tableName }: Site, id: string): Promise<string> {
  const items = await readTable(client, tableName);
  return items.some(({ sk, attributes }) => sk?.S === id && attributes !== undefined) ? 'zuleika' : id;
}

describe('a purge beside a large change that has not ended', () => {
  it('says what it waits for, and is finished by the same command when that has ended', async () => {
    const site = await openSite(8);
    const ada = await prepare(site);
    await drain(site);
    const crew = await interruptedAddition(site, ada);

    const waiting = await terminalOf(await site.begin()).scim('user', 'purge', 'zuleika', '--confirm', 'zuleika');
    site.laterMs += 3_600_000;
    const before = await problemsAtRest(site);
    const finished = await terminalOf(await site.begin()).scim('user', 'purge', ada, '--confirm', ada);

    expect(waiting).toMatchObject({ status: 1, err: [expect.anything(), expect.stringContaining('A large change of a group')] });
    expect(finished.status).toBe(0);
    expect([before, await problemsAtRest(site), await tracesOf(site, ada)]).toEqual([[], [], []]);
    expect((await (await site.begin()).endpoint.send('GET', `/Groups/${crew}`)).status).toBe(200);
  }, 60_000);
});

/** A change of more members than fit one transaction, whose author dies when she is marked. */
async function interruptedAddition(site: Site, ada: string): Promise<string> {
  const { endpoint } = await site.begin();
  const users = await Promise.all(
    Array.from({ length: 12 }, (_, index) => endpoint.send('POST', '/Users', { body: { schemas: [USER], userName: `user.${index}` } })),
  );
  const crew = (await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Crew' } })).json.id;
  const value = [ada, ...users.map(({ json }) => json.id)].map((id) => ({ value: id }));
  const body = { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value }] };
  const isMarked = async () =>
    (await readTable(site.client, site.tableName)).some(({ pk, change }) => pk?.S === `Member#${ada}#Groups` && change !== undefined);
  const mortal = await site.begin({
    around: async (_, send) => {
      if (await isMarked()) throw new TypeError('the end');
      return send();
    },
  });
  await mortal.endpoint.send('PATCH', `/Groups/${crew}`, { body });
  return crew;
}
