import { addedMembers, aGroup, aUser, filtered, patchOf } from '../support/messages.ts';
import { judge, type Verdict } from './linearizable.ts';
import { bitsOf, readGroup } from './mix.ts';
import { memberSet } from './models.ts';
import { note, type TimedSend } from './timed.ts';
import { idOf, numbers, type RacedGroup, type World } from './world.ts';

/** Creates one user fifty times at once; says what is wrong with the answers. */
export async function createAtOnce(ask: TimedSend, round: number, atOnce: number): Promise<readonly string[]> {
  const mixed = (n: number): string => (n % 2 === 0 ? `Once-${round}@Example.com` : `oNCE-${round}@eXAMPLE.COM`);
  const answers = await Promise.all(numbers(atOnce).map((n) => ask('POST', '/Users', aUser(mixed(n)))));
  const found = await ask('GET', filtered('/Users', `userName eq "once-${round}@example.com"`));
  const count = (status: number): number => answers.filter(({ answer }) => answer?.status === status).length;
  const right = count(201) === 1 && count(409) === atOnce - 1 && found.answer?.body.totalResults === 1;
  const seen = `${count(201)} × 201, ${count(409)} × 409, ${found.answer?.body.totalResults} found`;
  return right ? [] : [`${atOnce} creations of one user, round ${round}: ${seen}`];
}

const AT_ONCE = 16;

/** Changes one group in every way and deletes it, all at once. */
export async function endGroup(world: World, round: number): Promise<Verdict> {
  const { ask, users, random } = world;
  const displayName = `ended ${round}`;
  const { answer } = await ask('POST', '/Groups', aGroup(displayName));
  if (answer === undefined) return { kind: 'undecided' };
  const last = random.below(AT_ONCE);
  const group: RacedGroup = { id: idOf(answer), displayName, members: [] };
  const kinds = numbers(AT_ONCE).map((n) => (n === last ? 'delete' : (KINDS[n % KINDS.length] ?? 'read')));
  await Promise.all(kinds.map((kind) => (kind === 'read' ? readGroup(world, group) : change(world, group, kind))));
  await readGroup(world, group);
  for (const user of users.slice(0, 3)) {
    const read = await ask('GET', `/Users/${user.id}`);
    const isIn = read.answer?.body.groups?.some(({ value }) => value === group.id);
    if (read.answer !== undefined) note(group.members, read, { kind: isIn ? 'has' : 'has not', members: user.bit });
  }
  return judge(memberSet(0n), group.members);
}

const KINDS = ['add', 'replace', 'read'] as const;

async function change(
  { ask, users, random }: World,
  { id, displayName, members }: RacedGroup,
  kind: 'add' | 'replace' | 'delete',
): Promise<void> {
  const some = users.slice(random.below(3), 3);
  const ids = some.map((user) => user.id);
  const path = `/Groups/${id}`;
  const send = {
    add: () => ask('PATCH', path, patchOf(addedMembers(...ids))),
    replace: () => ask('PUT', path, aGroup(displayName, ids)),
    delete: () => ask('DELETE', path),
  }[kind];
  const done = await send();
  if (done.answer?.status === 404) return note(members, done, { kind: 'gone' });
  note(members, done, kind === 'delete' ? { kind } : { kind, members: bitsOf(some) });
}
