import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { patchOf, type ScimClient, scimClient, USER } from '../../../test/support/local-client.ts';
import { resourcesOf, rootClients } from '../account.ts';
import { changeBundles, synthesise } from '../assembly.ts';
import { GUARDED } from '../tenants.ts';
import { outputsOf, type Step, type World } from '../world.ts';
import { makeApplication } from './credentials.ts';
import { deployAll } from './deploy.ts';

const RETENTION_DAYS = 45;

/** Another version of every function, and another setting of a tenant, while its client goes on sending. */
export const change: Step = {
  name: 'another version, deployed over live data',
  run: async (world, check) => {
    const before = { ...outputsOf(world, GUARDED), functions: await configurations(world) };
    const { token } = await makeApplication(world, GUARDED, 'steady');
    const scim = scimClient({ tenantUrl: before.TenantUrl }, token);
    const created = await scim('POST', '/Users', { schemas: [USER], userName: 'steady@example.com' });
    const client = keepSending(scim, String(created.body['id']));
    await setTenant(world, { retentionDays: RETENTION_DAYS });
    const deployed = await deployAnother(world).finally(client.stop);
    const { statuses, changes, cutOff } = await client.sent;
    check('there are other bundles', deployed.bundles > 0);
    const answered = await scim('GET', `/Users/${created.body['id']}`);
    check(
      `none of ${statuses.length} requests meanwhile met a failure`,
      statuses.length > 5 && statuses.every((status) => status < 300),
      statuses.join(' '),
    );
    check('at most one was cut off with the process that served it', cutOff <= 1, `${cutOff}`);
    check('the last change is there', answered.body['title'] === `change ${changes}`, answered.text);
    check(
      'the version counts every change',
      String(answered.headers['etag']).includes(`"${changes + 1}"`),
      String(answered.headers['etag']),
    );
    const after = { ...outputsOf(world, GUARDED), functions: await configurations(world) };
    check('table, URL and function names are the same', same(before, after, ['TenantUrl', 'TableName', 'AdminFunctionName']));
    check(
      'every function runs the other version',
      [...after.functions].every(([name, { code }]) => code !== before.functions.get(name)?.code),
    );
    check(
      'and knows the setting',
      [...after.functions.values()].every(({ retention }) => retention === String(RETENTION_DAYS)),
    );
  },
};

async function deployAnother(world: World): Promise<{ readonly bundles: number }> {
  const { out } = await synthesise(world, 'second');
  const bundles = await changeBundles(out);
  await deployAll(world, out);
  return { bundles };
}

type Configuration = { readonly code: string | undefined; readonly retention: string | undefined };

async function configurations(world: World): Promise<ReadonlyMap<string, Configuration>> {
  const { functions } = rootClients(world);
  const found = new Map<string, Configuration>();
  for (const FunctionName of (await resourcesOf(world, GUARDED, 'AWS::Lambda::Function')).values()) {
    const { CodeSha256: code, Environment } = await functions.send(new GetFunctionConfigurationCommand({ FunctionName }));
    found.set(FunctionName, { code, retention: Environment?.Variables?.['RETENTION_DAYS'] });
  }
  return found;
}

const same = <Key extends string>(
  before: Readonly<Record<Key, string>>,
  after: Readonly<Record<Key, string>>,
  keys: readonly Key[],
): boolean => keys.every((key) => before[key] === after[key]);

async function setTenant({ tenantsFolder }: World, settings: object): Promise<void> {
  const file = join(tenantsFolder, `${GUARDED}.json`);
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...settings }));
}

/**
 * Changes one user again and again, one request after the other, until it is told to stop. The emulator ends the process of
 * a function whose code is changed, and the request that it serves with it: that one is 502 without the header that every
 * answer of a function has, and sent again. AWS lets such a process finish.
 */
function keepSending(scim: ScimClient, id: string) {
  const statuses: number[] = [];
  let isOver = false;
  let changes = 0;
  let cutOff = 0;
  const send = async (method: string, body?: unknown): Promise<void> => {
    let answer = await scim(method, `/Users/${id}`, body);
    if (answer.status === 502 && answer.headers['x-request-id'] === undefined) {
      cutOff += 1;
      answer = await scim(method, `/Users/${id}`, body);
    }
    statuses.push(answer.status);
  };
  const sent = (async () => {
    while (!isOver) {
      changes += 1;
      await send('PATCH', patchOf({ op: 'Replace', path: 'title', value: `change ${changes}` }));
      await send('GET');
      await setTimeout(50);
    }
    return { statuses, changes, cutOff };
  })();
  // Whoever asks for the outcome hears of it; where the deployment fails first, nobody asks.
  sent.catch(() => undefined);
  const stop = (): void => {
    isOver = true;
  };
  return { stop, sent };
}
