import { managedBy, patch, postGroup, postUser, USER } from './bulk.ts';
import { type Fault, injectFaults } from './dynamodb-faults.ts';
import { contradictions } from './dynamodb-invariants.ts';
import { readTable } from './dynamodb-table.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { openTestStore } from './store-open.ts';

/** A store of which a test can decide, call by call, whether it answers. */
export async function openFaulty() {
  const switchboard = { calls: 0, decide: (_call: number): Fault | undefined => undefined };
  const endpoint = await openEndpoint({
    openStore: async () => {
      const table = await openTestStore();
      injectFaults(table.client, () => {
        switchboard.calls += 1;
        return switchboard.decide(switchboard.calls);
      });
      return table;
    },
  });
  const fail = (decide: (call: number) => Fault | undefined): void => {
    switchboard.calls = 0;
    switchboard.decide = decide;
  };
  return { endpoint, fail, calls: () => switchboard.calls, heal: () => fail(() => undefined) };
}

/** Not one that is tried again: the process is gone. */
export const death = (isDone: boolean): Fault => ({ error: new TypeError('the end'), isDone });

export const WAYS_TO_FAIL: readonly (readonly [string, (at: number) => (call: number) => Fault | undefined])[] = [
  ['the process ends before call', (at) => (call) => (call >= at ? death(false) : undefined)],
  ['the process ends with the answer to call', (at) => (call) => (call >= at ? death(call === at) : undefined)],
  ['one call is refused, call', (at) => (call) => (call === at ? death(false) : undefined)],
  ['the answer to one call is lost, call', (at) => (call) => (call === at ? death(true) : undefined)],
  [
    'the process ends while it takes back what was refused at call',
    (at) => (call) => (call === at || call >= at + 4 ? death(false) : undefined),
  ],
];

/** What a request may do: create, refer, go in circles of groups and of users, change, replace and remove. */
export async function prepare(endpoint: Endpoint) {
  const create = async (path: string, { data }: Readonly<Record<string, unknown>>): Promise<string> =>
    (await endpoint.send('POST', path, { body: data })).json.id;
  const [keeper, leaver] = [await create('/Users', postUser('keeper')), await create('/Users', postUser('leaver'))];
  const team = await create('/Groups', postGroup('team', [keeper]));
  return [
    postGroup('a', ['bulkId:b', 'bulkId:u']),
    postGroup('b', ['bulkId:c']),
    postGroup('c', ['bulkId:a']),
    postUser('m', managedBy('bulkId:n')),
    postUser('n', managedBy('bulkId:m')),
    postUser('u', { externalId: 'u-1' }),
    patch(`/Groups/${team}`, { op: 'add', path: 'members', value: [{ value: 'bulkId:u' }] }),
    { method: 'PUT', path: `/Users/${keeper}`, data: { schemas: [USER], userName: 'keeper', title: 'Keeper' } },
    patch('/Users/bulkId:u', { op: 'replace', path: 'userName', value: 'renamed' }),
    { method: 'DELETE', path: `/Users/${leaver}` },
  ];
}

/** Says where the table contradicts itself, but for the memberships that are announced as still to be cleared away. */
export async function problemsOf({ table: { client, tableName } }: Endpoint): Promise<readonly string[]> {
  const items = await readTable(client, tableName);
  const announced = items.filter(({ pk }) => pk?.S?.startsWith('Outbox#')).map(({ sk }) => sk?.S ?? '');
  return contradictions(items).filter((problem) => !announced.some((id) => problem.includes(id)));
}
