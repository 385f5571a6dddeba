import { GROUP, USER } from '../../support/bulk.ts';
import { allTeamsOf, type Directory, inOrder, type Person, type Team, teamsOf } from './directory.ts';

const BASE = 'https://api.example.com/acme/scim/v2';

/** A resource as a client reads it whole; times apart. */
export const showPerson = (directory: Directory, person: Person): object => ({
  ...ownParts(person),
  ...groupsShown(directory, person.id),
});

/** The answer to a creation: nobody is in a group yet. */
const ownParts = ({ id, version, userName, title, email, externalId }: Person): object => ({
  schemas: [USER],
  id,
  userName,
  ...(externalId !== undefined && { externalId }),
  ...(title !== undefined && { title }),
  ...(email !== undefined && { emails: [{ type: 'work', value: email }] }),
  meta: metaOf('User', id, version),
});

function groupsShown(directory: Directory, id: string): object {
  const direct = teamsOf(directory, id);
  const indirect = allTeamsOf(directory, id).filter((team) => !direct.includes(team));
  if (direct.length === 0) return {};
  const shown = (type: string) => (team: Team) => ({
    id: team.id,
    element: { value: team.id, $ref: `${BASE}/Groups/${team.id}`, type, display: team.displayName },
  });
  return { groups: inOrder([...direct.map(shown('direct')), ...indirect.map(shown('indirect'))]).map(({ element }) => element) };
}

export const showTeam = (directory: Directory, { id, version, displayName, members }: Team): object => ({
  schemas: [GROUP],
  id,
  displayName,
  ...(members.size > 0 && {
    members: inOrder([...members].map((member) => ({ id: member }))).map((member) => {
      const type = directory.people.has(member.id) ? 'User' : 'Group';
      return { value: member.id, $ref: `${BASE}/${type}s/${member.id}`, type };
    }),
  }),
  meta: metaOf('Group', id, version),
});

const metaOf = (resourceType: string, id: string, version: number): object => ({
  resourceType,
  location: `${BASE}/${resourceType}s/${id}`,
  version: `W/"${version}"`,
});

/** All of it, as lists in the order of ids. */
export const showAll = (directory: Directory) => ({
  users: inOrder(directory.people.values()).map((person) => showPerson(directory, person)),
  groups: inOrder(directory.teams.values()).map((team) => showTeam(directory, team)),
});
