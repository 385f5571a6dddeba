import type { Act, Operation, Scene, World } from './operation.ts';
import { aGroup, filtersOf, patching, replacing, sending, values } from './world.ts';

type Step = { readonly title: string; readonly act: (world: World) => Act; readonly meanwhile?: (world: World) => Scene['meanwhile'] };

const team = ({ team: id }: World): string => `/Groups/${id}`;

const setting =
  (some: (world: World) => readonly string[]) =>
  (world: World): Act =>
    replacing(team(world), 'members', values(some(world)));

const adding =
  (some: (world: World) => readonly string[]) =>
  (world: World): Act =>
    patching(team(world), { op: 'add', path: 'members', value: values(some(world)) });

const removing =
  (some: (world: World) => readonly string[]) =>
  (world: World): Act =>
    patching(team(world), { op: 'remove', path: 'members', value: values(some(world)) });

const others = (world: World): Scene['meanwhile'] => ({
  'gives the group other members': setting(({ bea, gus, eve, fay }) => [bea, gus, eve, fay])(world),
});

/** Each is one transaction where there is room for all its members, and staged where there is not. */
const SMALL_AND_STAGED: readonly Step[] = [
  {
    title: 'create a group with members',
    act: ({ ada, bea, eve }) => sending('POST', '/Groups', aGroup('new', [ada, bea, eve])),
    meanwhile: (world) => ({ ...others(world), 'deletes one of them': sending('DELETE', `/Users/${world.eve}`) }),
  },
  {
    title: 'add members with PATCH',
    act: adding(({ eve, fay, gus }) => [eve, fay, gus]),
    meanwhile: (world) => ({ ...others(world), 'deletes one of them': sending('DELETE', `/Users/${world.fay}`) }),
  },
  { title: 'remove members with PATCH', act: removing(({ ada, bea, cyd, dan }) => [ada, bea, cyd, dan]) },
  { title: 'replace the members with PATCH', act: setting(({ ada, eve, fay, gus }) => [ada, eve, fay, gus]) },
  {
    title: 'add members and remove others with PATCH, and rename the group',
    act: (world) =>
      patching(
        team(world),
        { op: 'add', path: 'members', value: values([world.eve, world.fay]) },
        { op: 'remove', path: `members[value eq "${world.cyd}"]` },
        { op: 'replace', path: 'displayName', value: 'new' },
      ),
  },
  {
    title: 'replace a group with PUT',
    act: (world) => sending('PUT', team(world), aGroup('new', [world.dan, world.eve, world.fay])),
    meanwhile: (world) => ({ ...others(world), 'deletes the group': sending('DELETE', team(world)) }),
  },
  {
    title: 'be refused the creation of a group whose name is taken',
    act: ({ ada, bea, eve }) => sending('POST', '/Groups', aGroup('Crew', [ada, bea, eve])),
  },
];

const IN_ONE: readonly Step[] = [
  { title: 'rename a group', act: (world) => replacing(team(world), 'displayName', 'new') },
  { title: 'delete a group with members', act: (world) => sending('DELETE', team(world)) },
];

const operation = (title: string, { act, meanwhile = others }: Step, more: Partial<Operation> = {}): Operation => ({
  title,
  ...more,
  stage: (world) => ({
    act: act(world),
    meanwhile: meanwhile(world),
    filters: filtersOf(world, { groups: ['team', 'new'] }),
  }),
});

export const groupOperations = (stagedAbove: number): readonly Operation[] => [
  ...[...IN_ONE, ...SMALL_AND_STAGED].map((step) => operation(step.title, step)),
  ...SMALL_AND_STAGED.map((step) => operation(`${step.title}, staged`, step, { transactionLimit: stagedAbove })),
];
