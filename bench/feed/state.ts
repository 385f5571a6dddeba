export type UserState = { readonly active: boolean | undefined; readonly userName: string | undefined; readonly title: string | undefined };
type GroupState = { readonly displayName: string | undefined; readonly members: readonly string[] };

/** What a directory is, as somebody knows it: who is there, how, and who is in which group. */
export type State = { readonly users: ReadonlyMap<string, UserState>; readonly groups: ReadonlyMap<string, GroupState> };

/** Where one state is not as the other. */
export const differences = (name: string, seen: State, expected: State): readonly string[] => [
  ...differing(`${name}: user`, seen.users, expected.users),
  ...differing(`${name}: group`, seen.groups, expected.groups),
];

function differing(what: string, seen: ReadonlyMap<string, object>, expected: ReadonlyMap<string, object>): readonly string[] {
  const ids = new Set([...seen.keys(), ...expected.keys()]);
  return [...ids].flatMap((id) => {
    const [one, other] = [JSON.stringify(seen.get(id)), JSON.stringify(expected.get(id))];
    return one === other ? [] : [`${what} ${id} is ${shown(one)}, and must be ${shown(other)}`];
  });
}

const shown = (text: string | undefined): string => (text === undefined ? 'absent' : text.slice(0, 200));
