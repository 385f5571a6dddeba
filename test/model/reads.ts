import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Endpoint } from '../support/endpoint.ts';
import { timeless } from './client.ts';
import { allTeamsOf, type Directory, fold, inOrder, type Person, teamsOf } from './oracle/directory.ts';
import { showAll, showPerson, showTeam } from './oracle/show.ts';
import { aPlace, aTeamName, at, aUserName, type Known } from './places.ts';

/** Something read, held against what the oracle says is there. */
export type Look = { readonly title: string; readonly judge: (endpoint: Endpoint, directory: Directory, known: Known) => Promise<void> };

const look = <Choice extends object>(
  kind: string,
  choice: fc.Arbitrary<Choice>,
  judge: (choice: Choice, endpoint: Endpoint, directory: Directory, known: Known) => Promise<void>,
): fc.Arbitrary<Look> =>
  choice.map((chosen) => ({ title: `${kind} ${JSON.stringify(chosen)}`, judge: (...rest) => judge(chosen, ...rest) }));

const aType = fc.constantFrom('User' as const, 'Group' as const);

const PROJECTIONS: readonly (readonly [query: Readonly<Record<string, string>>, kept: (name: string) => boolean])[] = [
  [{}, () => true],
  [{ attributes: 'userName,members' }, (name) => ['schemas', 'id', 'userName', 'members'].includes(name)],
  [{ attributes: 'groups,displayName' }, (name) => ['schemas', 'id', 'groups', 'displayName'].includes(name)],
  [{ excludedAttributes: 'groups,members' }, (name) => !['groups', 'members'].includes(name)],
  [{ excludedAttributes: 'title,emails,meta' }, (name) => !['title', 'emails', 'meta'].includes(name)],
];

const projected = (shown: object, kept: (name: string) => boolean): object =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => kept(name)));

const read = look(
  'GET',
  fc.record({ type: aType, place: aPlace, projection: fc.nat({ max: PROJECTIONS.length - 1 }) }),
  async ({ type, place, projection }, { send }, directory, { users, groups }) => {
    const id = at(type === 'User' ? users : groups, place);
    const [query, kept] = PROJECTIONS[projection] ?? [{}, () => true];
    const person = directory.people.get(id ?? '');
    const team = directory.teams.get(id ?? '');
    const shown = (person && showPerson(directory, person)) ?? (team && showTeam(directory, team));

    const { status, json } = await send('GET', `/${type}s/${id ?? 'none'}`, { query });

    expect(status).toBe(shown ? 200 : 404);
    if (shown) expect(timeless(json)).toEqual(projected(shown, kept));
  },
);

const isMine = (id: string, value: string, directory: Directory): boolean => allTeamsOf(directory, id).some((team) => team.id === value);

const KEYS: readonly (readonly [path: string, holds: (person: Person, value: string, directory: Directory) => boolean])[] = [
  ['userName', ({ userName }, value) => fold(userName) === fold(value)],
  ['emails.value', ({ email }, value) => email !== undefined && fold(email) === fold(value)],
  ['externalId', ({ externalId }, value) => externalId === value],
  ['title', ({ title }, value) => title !== undefined && fold(title) === fold(value)],
  ['id', ({ id }, value) => id === value],
  ['groups.value', ({ id }, value, directory) => isMine(id, value, directory)],
];

const VALUES = ['one@example.com', 'TWO@example.com', 'E-1', 'E-2', 'e-1', 'dr', 'Prof'];

const find = look(
  'find',
  fc.record({ key: fc.nat({ max: KEYS.length - 1 }), place: aPlace, value: fc.oneof(aUserName, fc.constantFrom(...VALUES)) }),
  async ({ key, place, value: text }, { send }, directory, { users, groups }) => {
    const [path, holds] = KEYS[key] ?? ['id', () => false];
    const value = (path === 'id' ? at(users, place) : path === 'groups.value' ? at(groups, place) : text) ?? text;
    const wanted = inOrder(directory.people.values()).filter((person) => holds(person, value, directory));

    const { json } = await send('GET', '/Users', { query: { filter: `${path} eq "${value}"` } });

    expect({ totalResults: json.totalResults, found: inOrder(json.Resources.map(timeless)) }).toEqual({
      totalResults: wanted.length,
      found: wanted.map((person) => showPerson(directory, person)),
    });
  },
);

const findGroup = look(
  'find group',
  fc.record({ isByMember: fc.boolean(), place: aPlace, displayName: aTeamName }),
  async ({ isByMember, place, displayName }, { send }, directory, { users }) => {
    const member = at(users, place) ?? 'nobody';
    const filter = isByMember ? `members.value eq "${member}"` : `displayName eq "${displayName}"`;
    const named = [...directory.teams.values()].filter((team) => fold(team.displayName) === fold(displayName));
    const wanted = inOrder(isByMember ? teamsOf(directory, member) : named);

    const { json } = await send('GET', '/Groups', { query: { filter } });

    expect(inOrder(json.Resources.map(timeless))).toEqual(wanted.map((team) => showTeam(directory, team)));
  },
);

const list = look(
  'list',
  fc.record({ type: aType, count: fc.integer({ min: 1, max: 4 }) }),
  async ({ type, count }, { send }, directory) => {
    const all = showAll(directory)[type === 'User' ? 'users' : 'groups'];
    const page = async (startIndex: number) =>
      (await send('GET', `/${type}s`, { query: { startIndex: String(startIndex), count: String(count) } })).json;

    const [first, second] = [await page(1), await page(1 + count)];

    expect([first, second].map(({ totalResults }) => totalResults)).toEqual([all.length, all.length]);
    expect([first, second].map(({ Resources }) => Resources.map(timeless))).toEqual([all.slice(0, count), all.slice(count, 2 * count)]);
  },
);

const walk = look(
  'walk',
  fc.record({ type: aType, count: fc.integer({ min: 1, max: 4 }) }),
  async ({ type, count }, endpoint, directory) => {
    expect(await walked(endpoint, type, count)).toEqual(showAll(directory)[type === 'User' ? 'users' : 'groups']);
  },
);

/** A whole collection, by cursor. */
export async function walked({ send }: Endpoint, type: 'User' | 'Group', count: number): Promise<readonly unknown[]> {
  const resources: unknown[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { json } = await send('GET', `/${type}s`, { query: { cursor, count: String(count) } });
    resources.push(...json.Resources.map(timeless));
    cursor = json.nextCursor;
  }
  return resources;
}

export const aLook: fc.Arbitrary<Look> = fc.oneof(read, read, find, find, findGroup, list, walk);
