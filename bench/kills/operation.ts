import { addedMembers, aGroup, aUser, patchOf, removedMember, replaced } from '../support/messages.ts';
import { type Random, weighted } from '../support/random.ts';
import { ABSENT, groupState, type Subject, userState } from './look.ts';

/** What an operation does to one subject; `SOMEONE` is whoever is there. */
export type Effect = { readonly subject: Subject; readonly before: string; readonly after: string };

/** The id of what is created is not known beforehand. */
export const SOMEONE = 'someone';

export type Operation = {
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly effects: readonly Effect[];
  /** How the holding changes when it is done; what was created has this id. */
  readonly advance: (holding: Holding, id: string) => Holding;
};

export type OwnUser = { readonly id: string; readonly userName: string; readonly title: string };
export type OwnGroup = { readonly id: string; readonly displayName: string; readonly memberIds: readonly string[] };

/** The resources of one writer: nobody else changes them. */
export type Holding = { readonly users: readonly OwnUser[]; readonly group: OwnGroup | undefined };

const FEWEST = 10;

/** Chooses what to do next, with `most` users or thereabouts; `name` has not been used before. */
export function nextOperation({ users, group }: Holding, most: number, name: string, random: Random): Operation {
  if (users.length < FEWEST) return createUser(name);
  if (group === undefined) return createGroup(name, random.chance(0.5) ? users : []);
  const user = random.pick(users);
  if (users.length > most) return deleteUser(user, group);
  const choices: readonly (readonly [weight: number, choose: () => Operation])[] = [
    [30, () => createUser(name)],
    [15, () => changeUser(user, { ...user, title: name })],
    [10, () => changeUser(user, { ...user, userName: name })],
    [20, () => toggleMember(group, user)],
    [8, () => deleteUser(user, group)],
    [5, () => changeGroup(group, { ...group, displayName: name }, patchOf(replaced('displayName', name)))],
    [10, () => replaceMembers(group, random.chance(0.7) ? users : [])],
    [2, () => deleteGroup(group)],
  ];
  return weighted(random, choices)();
}

const createUser = (userName: string): Operation => ({
  method: 'POST',
  path: '/Users',
  body: aUser(userName, { title: userName }),
  effects: [{ subject: `userName/${userName}`, before: ABSENT, after: SOMEONE }],
  advance: ({ users, group }, id) => ({ group, users: [...users, { id, userName, title: userName }] }),
});

function createGroup(displayName: string, users: readonly OwnUser[]): Operation {
  const memberIds = users.map(({ id }) => id);
  return {
    method: 'POST',
    path: '/Groups',
    body: aGroup(displayName, memberIds),
    effects: [{ subject: `displayName/${displayName}`, before: ABSENT, after: SOMEONE }],
    advance: (holding, id) => ({ ...holding, group: { id, displayName, memberIds } }),
  };
}

function changeUser(before: OwnUser, after: OwnUser): Operation {
  const { id } = before;
  const changes = (['userName', 'title'] as const).filter((name) => before[name] !== after[name]);
  return {
    method: 'PATCH',
    path: `/Users/${id}`,
    body: patchOf(...changes.map((name) => replaced(name, after[name]))),
    effects: [{ subject: `Users/${id}`, before: stateOfUser(before), after: stateOfUser(after) }],
    advance: ({ users, group }) => ({ group, users: users.map((user) => (user.id === id ? after : user)) }),
  };
}

function toggleMember(group: OwnGroup, { id }: OwnUser): Operation {
  const isMember = group.memberIds.includes(id);
  const memberIds = isMember ? without(group.memberIds, id) : [...group.memberIds, id];
  return changeGroup(group, { ...group, memberIds }, patchOf(isMember ? removedMember(id) : addedMembers(id)));
}

function replaceMembers(group: OwnGroup, users: readonly OwnUser[]): Operation {
  const memberIds = users.map(({ id }) => id);
  return { ...changeGroup(group, { ...group, memberIds }, aGroup(group.displayName, memberIds)), method: 'PUT' };
}

const changeGroup = (before: OwnGroup, after: OwnGroup, body: object): Operation => ({
  method: 'PATCH',
  path: `/Groups/${before.id}`,
  body,
  effects: [{ subject: `Groups/${before.id}`, before: stateOfGroup(before), after: stateOfGroup(after) }],
  advance: (holding) => ({ ...holding, group: after }),
});

/** Gone from its group at the same moment. */
function deleteUser(user: OwnUser, group: OwnGroup): Operation {
  const { id, userName } = user;
  const after = { ...group, memberIds: without(group.memberIds, id) };
  return {
    method: 'DELETE',
    path: `/Users/${id}`,
    effects: [
      { subject: `Users/${id}`, before: stateOfUser(user), after: ABSENT },
      { subject: `userName/${userName}`, before: id, after: ABSENT },
      ...(group.memberIds.includes(id)
        ? [{ subject: `Groups/${group.id}`, before: stateOfGroup(group), after: stateOfGroup(after) } as const]
        : []),
    ],
    advance: ({ users }) => ({ users: users.filter((other) => other.id !== id), group: after }),
  };
}

const deleteGroup = (group: OwnGroup): Operation => ({
  method: 'DELETE',
  path: `/Groups/${group.id}`,
  effects: [{ subject: `Groups/${group.id}`, before: stateOfGroup(group), after: ABSENT }],
  advance: ({ users }) => ({ users, group: undefined }),
});

export const stateOfUser = ({ userName, title }: OwnUser): string => userState(userName, title);
export const stateOfGroup = ({ displayName, memberIds }: OwnGroup): string => groupState(displayName, memberIds);

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((other) => other !== id);
