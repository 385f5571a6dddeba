import type { Answer } from '../support/answer.ts';
import { addedMembers, aGroup, aUser, filtered, patchOf, replaced } from '../support/messages.ts';
import { weighted } from '../support/random.ts';
import { note, type Timed } from './timed.ts';
import type { RacedGroup, RacedUser, World } from './world.ts';

/** One operation of one client, noted down in every history it has to do with. */
type Act = (world: World) => Promise<void>;

const writeTitle: Act = async ({ ask, random, users, newValue }) => {
  const [user, value] = [random.pick(users.slice(0, MEETING)), newValue()];
  note(user.title, await ask('PATCH', `/Users/${user.id}`, patchOf(replaced('title', value))), { kind: 'write', value });
};

/** Reads, and writes on the condition that nothing came between. */
const swapTitle: Act = async ({ ask, random, users, newValue }) => {
  const [user, to] = [random.pick(users.slice(0, MEETING)), newValue()];
  const path = `/Users/${user.id}`;
  const read = await ask('GET', path);
  if (read.answer === undefined) return;
  const from = read.answer.body.title ?? '';
  note(user.title, read, { kind: 'read', value: from });
  const done = await ask('PATCH', path, patchOf(replaced('title', to)), { 'If-Match': String(read.answer.headers['etag']) });
  note(user.title, done, done.answer?.status === 412 ? { kind: 'refused swap', from } : { kind: 'swap', from, to });
};

/** The title, and which groups it is in, are read with one request but kept in rows of their own. */
const readUser: Act = async ({ ask, random, users, groups }) => {
  const user = random.pick(users);
  const read = await ask('GET', `/Users/${user.id}`);
  if (read.answer !== undefined) noteUser(user, groups, read, read.answer.body);
};

const findUser: Act = async ({ ask, random, users, groups }) => {
  const user = random.pick(users.slice(0, MEETING));
  const read = await ask('GET', filtered('/Users', `userName eq "${user.userName}"`));
  const [found] = read.answer?.body.Resources ?? [];
  if (found !== undefined) noteUser(user, groups, read, found);
};

function noteUser(
  user: RacedUser,
  raced: readonly RacedGroup[],
  read: Timed,
  { title = '', groups = [] }: Pick<Answer['body'], 'title' | 'groups'>,
): void {
  note(user.title, read, { kind: 'read', value: title });
  const ids = new Set(groups.map(({ value }) => value));
  for (const { id, members } of raced) note(members, read, { kind: ids.has(id) ? 'has' : 'has not', members: user.bit });
}

const addMembers: Act = async ({ ask, random, users, groups }) => {
  const [group, some] = [random.pick(groups), [random.pick(users), random.pick(users)]];
  const done = await ask('PATCH', `/Groups/${group.id}`, patchOf(addedMembers(...some.map(({ id }) => id))));
  note(group.members, done, { kind: 'add', members: bitsOf(some) });
};

const removeMembers: Act = async ({ ask, random, users, groups }) => {
  const [group, some] = [random.pick(groups), [random.pick(users), random.pick(users)]];
  const value = some.map(({ id }) => ({ value: id }));
  const done = await ask('PATCH', `/Groups/${group.id}`, patchOf({ op: 'remove', path: 'members', value }));
  note(group.members, done, { kind: 'remove', members: bitsOf(some) });
};

/** All of them at once are a change that is staged. */
const replaceMembers: Act = async ({ ask, random, users, groups }) => {
  const [group, some] = [random.pick(groups), random.chance(0.3) ? users : users.filter(() => random.chance(0.1))];
  const body = aGroup(
    group.displayName,
    some.map(({ id }) => id),
  );
  note(group.members, await ask('PUT', `/Groups/${group.id}`, body), { kind: 'replace', members: bitsOf(some) });
};

export const readGroup = async ({ ask, users }: Pick<World, 'ask' | 'users'>, group: RacedGroup): Promise<void> => {
  const read = await ask('GET', `/Groups/${group.id}`);
  if (read.answer === undefined) return;
  if (read.answer.status === 404) return note(group.members, read, { kind: 'gone' });
  const ids = new Set(read.answer.body.members?.map(({ value }) => value));
  note(group.members, read, { kind: 'read', members: bitsOf(users.filter(({ id }) => ids.has(id))) });
};

const claimName: Act = async ({ ask, random, names }) => {
  const { userName, holders } = random.pick(names);
  const done = await ask('POST', '/Users', aUser(random.chance(0.5) ? userName : userName.toUpperCase()));
  note(holders, done, done.answer?.status === 409 ? { kind: 'conflict' } : { kind: 'create', id: done.answer?.body.id });
};

/** Looks up who has the name, and deletes them as often as not. */
const releaseName: Act = async ({ ask, random, names }) => {
  const { userName, holders } = random.pick(names);
  const read = await ask('GET', filtered('/Users', `userName eq "${userName}"`));
  if (read.answer === undefined) return;
  const id = read.answer.body.Resources?.[0]?.id;
  note(holders, read, { kind: 'look up', id });
  if (id === undefined || random.chance(0.5)) return;
  const done = await ask('DELETE', `/Users/${id}`);
  note(holders, done, { kind: done.answer?.status === 404 ? 'not there' : 'delete', id });
};

/** So many users' titles are written, so that clients meet. */
const MEETING = 8;

export const bitsOf = (users: readonly RacedUser[]): bigint => users.reduce((bits, { bit }) => bits | bit, 0n);

/** Chooses what a client does next. */
export const nextAct = ({ random }: World): Act =>
  weighted<Act>(random, [
    [12, writeTitle],
    [8, swapTitle],
    [10, readUser],
    [8, findUser],
    [14, addMembers],
    [12, removeMembers],
    [2, replaceMembers],
    [14, (world) => readGroup(world, world.random.pick(world.groups))],
    [10, claimName],
    [10, releaseName],
  ]);
