import { addedMembers, aGroup, aUser, patchOf, removedMember, replaced } from '../support/messages.ts';
import { type Random, weighted } from '../support/random.ts';

/** What is sent by SCIM, or what an operator does by a command. */
export type Operation =
  | { readonly kind: 'create'; readonly endpoint: Endpoint; readonly name: string; readonly body: object }
  | { readonly kind: 'change'; readonly method: 'PATCH' | 'PUT'; readonly subject: Subject; readonly body: object }
  | { readonly kind: 'delete'; readonly subject: Subject }
  | { readonly kind: 'restore'; readonly subject: Subject }
  | { readonly kind: 'import' };

export type Endpoint = 'Users' | 'Groups';
export type Subject = { readonly endpoint: Endpoint; readonly id: string };

/** The resources of one writer: nobody else changes them. */
export type Holding = {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly removed: readonly Subject[];
};

const FEWEST_USERS = 8;
const MOST_GROUPS = 3;

/** Chooses what to do next, with `most` users or thereabouts; `name` has not been used before. */
export function nextOperation({ users, groups, removed }: Holding, most: number, name: string, random: Random): Operation {
  if (users.length < FEWEST_USERS) return create('Users', name, aUser(name, { title: name }));
  if (groups.length === 0) return create('Groups', name, aGroup(name, random.chance(0.5) ? users : []));
  const user: Subject = { endpoint: 'Users', id: random.pick(users) };
  const group: Subject = { endpoint: 'Groups', id: random.pick(groups) };
  const one = random.pick(users);
  const choices: readonly (readonly [weight: number, operation: Operation])[] = [
    [users.length < most ? 22 : 6, create('Users', name, aUser(name, { title: name, ...(random.chance(0.1) && { active: false }) }))],
    [12, patch(user, replaced('title', name))],
    [6, patch(user, replaced('active', false))],
    [6, patch(user, replaced('active', true))],
    [4, patch(user, replaced('active', random.chance(0.5)), replaced('title', name))],
    [6, put(user, aUser(name, { title: name, active: random.chance(0.8) }))],
    [users.length < most ? 8 : 22, { kind: 'delete', subject: user }],
    [12, patch(group, addedMembers(one))],
    [8, patch(group, removedMember(one))],
    [3, patch(group, replaced('displayName', name))],
    [2, patch(group, replaced('displayName', name), addedMembers(one))],
    [5, put(group, aGroup(name, random.chance(0.7) ? users : []))],
    [groups.length < MOST_GROUPS ? 3 : 0, create('Groups', name, aGroup(name, users))],
    [2, { kind: 'delete', subject: group }],
    [removed.length > 0 ? 5 : 0, { kind: 'restore', subject: removed.length > 0 ? random.pick(removed) : group }],
    [1, { kind: 'import' }],
  ];
  return weighted(random, choices);
}

const create = (endpoint: Endpoint, name: string, body: object): Operation => ({ kind: 'create', endpoint, name, body });

const patch = (subject: Subject, ...operations: readonly object[]): Operation => ({
  kind: 'change',
  method: 'PATCH',
  subject,
  body: patchOf(...operations),
});

const put = (subject: Subject, body: object): Operation => ({ kind: 'change', method: 'PUT', subject, body });
