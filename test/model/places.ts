import fc from 'fast-check';
import type { Details, Write } from './oracle/request.ts';

/** A write whose subjects are told by their place among all that were ever there: the same plan fits any run. */
export type Plan = {
  readonly title: string;
  /** Undefined as long as there is nobody it could be about. */
  readonly of: (known: Known) => Write | undefined;
};

/** The ids of all that were ever there, in the order of their creation. */
export type Known = { readonly users: readonly string[]; readonly groups: readonly string[] };

const NAMES = ['ada', 'bea', 'cyd', 'dan', 'eve', 'fay'];
const TEAMS = ['staff', 'board', 'crew'];

/** The same name is taken whatever its case. */
const inAnyCase = (names: readonly string[]) =>
  fc.tuple(fc.constantFrom(...names), fc.boolean()).map(([name, isUpper]) => (isUpper ? name.toUpperCase() : name));

export const aUserName = inAnyCase(NAMES);
export const aTeamName = inAnyCase(TEAMS);

const details: fc.Arbitrary<Details> = fc.record(
  {
    title: fc.constantFrom('Dr', 'Prof'),
    email: fc.constantFrom('one@example.com', 'two@example.com'),
    externalId: fc.constantFrom('E-1', 'E-2'),
  },
  { requiredKeys: [] },
);

export const aPlace = fc.nat({ max: 11 });
const places = fc.uniqueArray(aPlace, { maxLength: 6 });
const condition = fc.constantFrom('none' as const, 'none' as const, 'none' as const, 'right' as const, 'any' as const, 'wrong' as const);

export const at = (ids: readonly string[], place: number): string | undefined => ids[place % Math.max(1, ids.length)];

/** Mostly users, and now and then a group: groups may be members too. */
const membersAt = ({ users, groups }: Known, some: readonly number[]): readonly string[] => [
  ...new Set(some.flatMap((place) => (place === 11 ? at(groups, 0) : at(users, place)) ?? [])),
];

const plan = <Choice extends object>(
  kind: string,
  choice: fc.Arbitrary<Choice>,
  of: (choice: Choice, known: Known) => Write | undefined,
): fc.Arbitrary<Plan> => choice.map((chosen) => ({ title: `${kind} ${JSON.stringify(chosen)}`, of: (known: Known) => of(chosen, known) }));

const user = ({ users }: Known, { place }: { readonly place: number }) => at(users, place);
const group = ({ groups }: Known, { place }: { readonly place: number }) => at(groups, place);

const createUser = plan(
  'create user',
  fc.tuple(aUserName, details).map(([userName, more]) => ({ userName, ...more })),
  (chosen) => ({
    kind: 'createUser',
    ...chosen,
  }),
);

const createGroup = plan('create group', fc.record({ displayName: aTeamName, members: places }), ({ displayName, members }, known) => ({
  kind: 'createGroup',
  displayName,
  members: membersAt(known, members),
}));

const patchUser = plan(
  'PATCH user',
  fc.tuple(fc.record({ place: aPlace, condition, userName: fc.option(aUserName, { nil: undefined }) }), details),
  ([{ place, ...chosen }, more], { users }) => {
    const id = at(users, place);
    const isEmpty = chosen.userName === undefined && Object.keys(more).length === 0;
    return id === undefined || isEmpty ? undefined : { kind: 'patchUser', id, ...chosen, ...more };
  },
);

const putUser = plan(
  'PUT user',
  fc.tuple(fc.record({ place: aPlace, condition, userName: aUserName }), details),
  ([{ place, ...chosen }, more], { users }) => {
    const id = at(users, place);
    return id === undefined ? undefined : { kind: 'putUser', id, ...chosen, ...more };
  },
);

const patchGroup = plan(
  'PATCH group',
  fc.record({ place: aPlace, condition, add: places, remove: places, displayName: fc.option(aTeamName, { nil: undefined, freq: 4 }) }),
  ({ add, remove, place, ...chosen }, known) => {
    const id = group(known, { place });
    const isEmpty = chosen.displayName === undefined && add.length + remove.length === 0;
    return id === undefined || isEmpty
      ? undefined
      : { kind: 'patchGroup', id, ...chosen, add: membersAt(known, add), remove: membersAt(known, remove) };
  },
);

const setMembers = plan('set members', fc.record({ place: aPlace, condition, members: places }), ({ members, place, ...chosen }, known) => {
  const id = group(known, { place });
  return id === undefined ? undefined : { kind: 'setMembers', id, ...chosen, members: membersAt(known, members) };
});

const putGroup = plan(
  'PUT group',
  fc.record({ place: aPlace, condition, displayName: aTeamName, members: places }),
  ({ members, place, ...chosen }, known) => {
    const id = group(known, { place });
    return id === undefined ? undefined : { kind: 'putGroup', id, ...chosen, members: membersAt(known, members) };
  },
);

const remove = plan(
  'delete',
  fc.record({ place: aPlace, condition, type: fc.constantFrom('User' as const, 'User' as const, 'Group' as const) }),
  ({ place, type, condition: ifMatch }, known) => {
    const id = type === 'User' ? user(known, { place }) : group(known, { place });
    return id === undefined ? undefined : { kind: 'delete', type, id, condition: ifMatch };
  },
);

/** Changes of members as often as all others together: there is most to go wrong. */
export const aWrite: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 2, arbitrary: createUser },
  { weight: 1, arbitrary: createGroup },
  { weight: 2, arbitrary: patchUser },
  { weight: 1, arbitrary: putUser },
  { weight: 4, arbitrary: patchGroup },
  { weight: 2, arbitrary: setMembers },
  { weight: 1, arbitrary: putGroup },
  { weight: 2, arbitrary: remove },
);
