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

/** Changes one group in every way and deletes it, all at once. */
export async function endGroup(world: World, round: number): Promise<Verdict> {
  const { ask, users, random } = world;
  const displayName = `ended ${round}`;
  const { answer } = await ask('POST', '/Groups', aGroup(displayName));
  if (answer === undefined) return { kind: 'undecided' };
  const group: RacedGroup = { id: idOf(answer), displayName, members: [] };
  const acts = numbers(15).map((n) => () => (n % 3 === 2 ? readGroup(world, group) : change(world, group, n)));
  const end = () => change(world, group, 'end');
  const at = random.below(acts.length);
  await Promise.all([...acts.slice(0, at), end, ...acts.slice(at)].map((act) => act()));
  await readGroup(world, group);
  for (const user of users.slice(0, 3)) {
    const read = await ask('GET', `/Users/${user.id}`);
    const isIn = read.answer?.body.groups?.some(({ value }) => value === group.id);
    if (read.answer !== undefined) note(group.members, read, { kind: isIn ? 'has' : 'has not', members: user.bit });
  }
  return judge(memberSet(0n), group.members);
}

async function change({ ask, users, random }: World, group: RacedGroup, n: number | 'end'): Promise<void> {
  const some = users.slice(random.below(3), 3);
  const ids = some.map(({ id }) => id);
  const path = `/Groups/${group.id}`;
  const [kind, sent] =
    n === 'end'
      ? (['delete', ask('DELETE', path)] as const)
      : n % 3 === 0
        ? (['add', ask('PATCH', path, patchOf(addedMembers(...ids)))] as const)
        : (['replace', ask('PUT', path, aGroup(group.displayName, ids))] as const);
  const done = await sent;
  if (done.answer?.status === 404) return note(group.members, done, { kind: 'gone' });
  note(group.members, done, kind === 'delete' ? { kind } : { kind, members: bitsOf(some) });
}
