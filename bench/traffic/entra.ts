import { randomUUID } from 'node:crypto';
import type { Answer } from '../support/answer.ts';
import type { Send } from '../support/client.ts';
import { filtered, patchOf } from '../support/messages.ts';
import { type Random, weighted } from '../support/random.ts';
import { type Person, Population, type Team } from './population.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const AD_GROUP = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** So many there are at most; then as many leave as come. */
const MOST = { users: 1_000, groups: 50 } as const;
const FEWEST = 10;

export type World = {
  readonly send: Send;
  readonly random: Random;
  readonly users: Population<Person>;
  readonly groups: Population<Team>;
};

export const openWorld = (send: Send, random: Random): World => ({ send, random, users: new Population(), groups: new Population() });

/** One request as Entra ID sends it, and whether the answer is as it must be; undefined when there is nobody to ask about. */
export type Act = (world: World) => Promise<Outcome | undefined>;
type Outcome = { readonly answer: Answer; readonly isRight: boolean };

const answered = (answer: Answer, ...statuses: readonly number[]): Outcome => ({ answer, isRight: statuses.includes(answer.status) });
const found = (answer: Answer, total: number): Outcome => ({
  answer,
  isRight: answer.status === 200 && answer.body.totalResults === total,
});

const CHANGED = [200, 204] as const;
const WITHOUT_MEMBERS = 'excludedAttributes=members';

const createUser: Act = async ({ send, users }) => {
  const [key, userName] = newName();
  const answer = await send('POST', '/Users', {
    schemas: [USER, ENTERPRISE],
    externalId: key,
    userName,
    active: true,
    displayName: `Marta ${key}`,
    emails: [{ primary: true, type: 'work', value: userName }],
    meta: { resourceType: 'User' },
    name: { formatted: 'Marta Okafor', familyName: 'Okafor', givenName: 'Marta' },
    roles: [],
    [ENTERPRISE]: { department: 'Sales', employeeNumber: key.slice(0, 8) },
  });
  if (answer.status === 201) users.add({ id: answer.body.id ?? '', userName, externalId: key });
  return answered(answer, 201);
};

const createGroup: Act = async ({ send, groups }) => {
  const [key] = newName();
  const displayName = `Team ${key}`;
  const answer = await send('POST', '/Groups', {
    schemas: [GROUP, AD_GROUP],
    externalId: key,
    displayName,
    meta: { resourceType: 'Group' },
  });
  if (answer.status === 201) groups.add({ id: answer.body.id ?? '', displayName });
  return answered(answer, 201);
};

const matchByUserName: Act = ({ send, random, users }) =>
  users.lend(random, async ({ userName }) => found(await send('GET', filtered('/Users', `userName eq "${userName}"`)), 1));

const matchByExternalId: Act = ({ send, random, users }) =>
  users.lend(random, async ({ externalId }) => found(await send('GET', filtered('/Users', `externalId eq "${externalId}"`)), 1));

const testConnection: Act = async ({ send }) => found(await send('GET', filtered('/Users', `userName eq "${randomUUID()}"`)), 0);

const readUser: Act = ({ send, random, users }) => users.lend(random, async ({ id }) => answered(await send('GET', `/Users/${id}`), 200));

const changeUser: Act = ({ send, random, users }) =>
  users.lend(random, async ({ id, userName }) => {
    const body = patchOf(
      { op: 'Replace', path: 'displayName', value: `Marta ${random.below(1_000)}` },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: userName.replace('marta', `m${random.below(1_000)}`) },
      { op: 'Replace', path: 'name.familyName', value: `Okafor ${random.below(1_000)}` },
      { op: 'Add', path: `${ENTERPRISE}:department`, value: `Sales ${random.below(1_000)}` },
    );
    return answered(await send('PATCH', `/Users/${id}`, body), ...CHANGED);
  });

const setActive =
  (value: 'True' | 'False'): Act =>
  ({ send, random, users }) =>
    users.lend(random, async ({ id }) =>
      answered(await send('PATCH', `/Users/${id}`, patchOf({ op: 'Replace', path: 'active', value })), ...CHANGED),
    );

const matchGroup: Act = ({ send, random, groups }) =>
  groups.lend(random, async ({ displayName }) =>
    found(await send('GET', `${filtered('/Groups', `displayName eq "${displayName}"`)}&${WITHOUT_MEMBERS}`), 1),
  );

const readGroup: Act = ({ send, random, groups }) =>
  groups.lend(random, async ({ id }) => answered(await send('GET', `/Groups/${id}?${WITHOUT_MEMBERS}`), 200));

const changeMember =
  (op: 'Add' | 'Remove'): Act =>
  ({ send, random, users, groups }) =>
    groups.lend(random, ({ id }) =>
      users.lend(random, async (user) => {
        const body = patchOf({ op, path: 'members', value: [{ $ref: null, value: user.id }] });
        return answered(await send('PATCH', `/Groups/${id}`, body), ...CHANGED);
      }),
    );

const deleteUser: Act = async ({ send, random, users }) => {
  const user = users.take(random);
  return user && answered(await send('DELETE', `/Users/${user.id}`), 204);
};

const deleteGroup: Act = async ({ send, random, groups }) => {
  const group = groups.take(random);
  return group && answered(await send('DELETE', `/Groups/${group.id}`), 204);
};

const newName = (): readonly [key: string, userName: string] => {
  const key = randomUUID();
  return [key, `marta.${key}@example.com`];
};

const ACTS = {
  'match by userName': matchByUserName,
  'match by externalId': matchByExternalId,
  'match nobody': testConnection,
  'read user': readUser,
  'create user': createUser,
  'change user': changeUser,
  disable: setActive('False'),
  enable: setActive('True'),
  'delete user': deleteUser,
  'match group': matchGroup,
  'read group': readGroup,
  'create group': createGroup,
  'add member': changeMember('Add'),
  'remove member': changeMember('Remove'),
  'delete group': deleteGroup,
} as const satisfies Record<string, Act>;

export type ActName = keyof typeof ACTS;

/** How often each is sent, when nobody comes or leaves: most requests look something up. */
const WEIGHTS = [
  [20, 'match by userName'],
  [12, 'match by externalId'],
  [6, 'match nobody'],
  [8, 'read user'],
  [16, 'change user'],
  [3, 'disable'],
  [2, 'enable'],
  [6, 'match group'],
  [4, 'read group'],
  [9, 'add member'],
  [4, 'remove member'],
] as const satisfies readonly (readonly [number, ActName])[];

/** Chooses what Entra ID sends next. */
export function nextAct({ random, users, groups }: World): readonly [ActName, Act] {
  const name = weighted<ActName>(random, [
    ...WEIGHTS,
    [8, users.size < MOST.users ? 'create user' : 'delete user'],
    [1, users.size < FEWEST ? 'create user' : 'delete user'],
    [1, groups.size < MOST.groups ? 'create group' : 'delete group'],
  ]);
  return [name, ACTS[name]];
}
