/** A directory as one would keep it in one's head: who is there, and who is in what. */
export type Person = {
  readonly id: string;
  readonly version: number;
  readonly userName: string;
  readonly title?: string;
  readonly email?: string;
  readonly externalId?: string;
};

export type Team = { readonly id: string; readonly version: number; readonly displayName: string; readonly members: ReadonlySet<string> };

export type Directory = { readonly people: ReadonlyMap<string, Person>; readonly teams: ReadonlyMap<string, Team> };

export const NOBODY: Directory = { people: new Map(), teams: new Map() };

export const fold = (text: string): string => text.toLowerCase();

const by = <Value extends { readonly id: string }>(map: ReadonlyMap<string, Value>, value: Value): ReadonlyMap<string, Value> =>
  new Map([...map, [value.id, value]]);

export const withPerson = (directory: Directory, person: Person): Directory => ({ ...directory, people: by(directory.people, person) });

export const withTeam = (directory: Directory, team: Team): Directory => ({ ...directory, teams: by(directory.teams, team) });

/** Whoever goes is in no team any more; the teams stay as they were otherwise, versions too. */
export function without({ people, teams }: Directory, id: string): Directory {
  const left = [...teams.values()].filter((team) => team.id !== id);
  return {
    people: new Map([...people].filter(([each]) => each !== id)),
    teams: new Map(left.map((team) => [team.id, { ...team, members: new Set([...team.members].filter((member) => member !== id)) }])),
  };
}

export const isThere = ({ people, teams }: Directory, id: string): boolean => people.has(id) || teams.has(id);

export const isTaken = ({ people }: Directory, userName: string, but?: string): boolean =>
  [...people.values()].some((person) => fold(person.userName) === fold(userName) && person.id !== but);

export const isTeamTaken = ({ teams }: Directory, displayName: string, but?: string): boolean =>
  [...teams.values()].some((team) => fold(team.displayName) === fold(displayName) && team.id !== but);

export const teamsOf = ({ teams }: Directory, id: string): readonly Team[] => [...teams.values()].filter(({ members }) => members.has(id));

/** Those one is in, those these are in, and so on; nobody is in a team by being in itself. */
export function allTeamsOf(directory: Directory, id: string): readonly Team[] {
  const found = new Map<string, Team>();
  const visit = (member: string): void => {
    for (const team of teamsOf(directory, member)) {
      if (found.has(team.id)) continue;
      found.set(team.id, team);
      visit(team.id);
    }
  };
  visit(id);
  return [...found.values()];
}

/** Resources are listed in the order of their ids. */
export const inOrder = <Value extends { readonly id: string }>(values: Iterable<Value>): readonly Value[] =>
  [...values].sort((left, right) => (left.id < right.id ? -1 : 1));
