import { type Directory, isTaken, isTeamTaken, isThere, type Person, type Team, without, withPerson, withTeam } from './directory.ts';
import type { Condition, Details, Write } from './request.ts';

/** What a write is answered, and what the directory is after it. */
export type Foreseen = { readonly status: number; readonly scimType?: string; readonly directory: Directory; readonly id?: string };

type Of<Kind extends Write['kind']> = Write & { readonly kind: Kind };

/** Foresees what comes of a write; `newId` is the id the service gives to what it creates. */
export function foresee(directory: Directory, write: Write, newId: string): Foreseen {
  switch (write.kind) {
    case 'createUser':
      return createUser(directory, write, newId);
    case 'createGroup':
      return createGroup(directory, write, newId);
    case 'patchUser':
    case 'putUser':
      return changeUser(directory, write);
    case 'patchGroup':
    case 'setMembers':
    case 'putGroup':
      return changeGroup(directory, write);
    case 'delete':
      return remove(directory, write);
  }
}

const refused = (directory: Directory, status: number, scimType?: string): Foreseen => ({
  status,
  ...(scimType !== undefined && { scimType }),
  directory,
});

const detailsOf = ({ title, email, externalId }: Details): Omit<Person, 'id' | 'version' | 'userName'> => ({
  ...(title !== undefined && { title }),
  ...(email !== undefined && { email }),
  ...(externalId !== undefined && { externalId }),
});

function createUser(directory: Directory, write: Of<'createUser'>, id: string): Foreseen {
  if (isTaken(directory, write.userName)) return refused(directory, 409, 'uniqueness');
  const person = { id, version: 1, userName: write.userName, ...detailsOf(write) };
  return { status: 201, directory: withPerson(directory, person), id };
}

function createGroup(directory: Directory, { displayName, members }: Of<'createGroup'>, id: string): Foreseen {
  if (members.some((member) => !isThere(directory, member))) return refused(directory, 400, 'invalidValue');
  if (isTeamTaken(directory, displayName)) return refused(directory, 409, 'uniqueness');
  return { status: 201, directory: withTeam(directory, { id, version: 1, displayName, members: new Set(members) }), id };
}

function changeUser(directory: Directory, write: Of<'patchUser' | 'putUser'>): Foreseen {
  const before = directory.people.get(write.id);
  if (before === undefined) return refused(directory, 404);
  if (!isMet(write.condition)) return refused(directory, 412);
  const { id, version } = before;
  const kept = write.kind === 'patchUser' ? before : { id, version };
  const after: Person = { ...kept, userName: write.userName ?? before.userName, ...detailsOf(write) };
  if (isTaken(directory, after.userName, id)) return refused(directory, 409, 'uniqueness');
  return { status: 200, directory: withPerson(directory, isSamePerson(before, after) ? before : { ...after, version: version + 1 }), id };
}

function changeGroup(directory: Directory, write: Of<'patchGroup' | 'setMembers' | 'putGroup'>): Foreseen {
  const before = directory.teams.get(write.id);
  if (before === undefined) return refused(directory, 404);
  if (!isMet(write.condition)) return refused(directory, 412);
  const members = membersAfter(before, write);
  const added = [...members].filter((member) => !before.members.has(member));
  if (added.some((member) => member === write.id || !isThere(directory, member))) return refused(directory, 400, 'invalidValue');
  const displayName = (write.kind === 'setMembers' ? undefined : write.displayName) ?? before.displayName;
  if (isTeamTaken(directory, displayName, write.id)) return refused(directory, 409, 'uniqueness');
  const after = { ...before, displayName, members };
  const team = isSameTeam(before, after) ? before : { ...after, version: before.version + 1 };
  return { status: 200, directory: withTeam(directory, team), id: write.id };
}

function membersAfter({ members }: Team, write: Of<'patchGroup' | 'setMembers' | 'putGroup'>): ReadonlySet<string> {
  if (write.kind !== 'patchGroup') return new Set(write.members);
  const added = [...members, ...write.add];
  return new Set(added.filter((member) => !write.remove.includes(member)));
}

function remove(directory: Directory, { type, id, condition }: Of<'delete'>): Foreseen {
  const found = type === 'User' ? directory.people.has(id) : directory.teams.has(id);
  if (!found) return refused(directory, 404);
  return isMet(condition) ? { status: 204, directory: without(directory, id) } : refused(directory, 412);
}

/** The wrong version is one that no resource has. */
const isMet = (condition: Condition): boolean => condition !== 'wrong';

const isSamePerson = (one: Person, other: Person): boolean =>
  (['userName', 'title', 'email', 'externalId'] as const).every((name) => one[name] === other[name]);

const isSameTeam = (one: Team, other: Team): boolean =>
  one.displayName === other.displayName && one.members.size === other.members.size && [...one.members].every((id) => other.members.has(id));
