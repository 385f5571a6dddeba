import { drain } from '../../support/drain.ts';
import type { Act, Operation, World } from './operation.ts';
import { filtersOf, patching, replacing, sending, values } from './world.ts';

/** All that requests have left for afterwards. */
const work: Act = async ({ table, now }) =>
  drain(table, { now }).then(
    () => [200],
    () => [500],
  );

const team = ({ team: id }: World): string => `/Groups/${id}`;

const afterwards = (title: string, prepare: (world: World) => readonly Act[], more: Partial<Operation> = {}): Operation => ({
  title: `do the work that is left by ${title}`,
  ...more,
  prepare,
  stage: (world) => ({
    act: work,
    meanwhile: { 'adds members': patching(`/Groups/${world.crew}`, { op: 'add', path: 'members', value: values([world.eve, world.fay]) }) },
    filters: filtersOf(world, { users: ['ada'], groups: ['team', 'new'] }),
  }),
});

export const workerOperations = (stagedAbove: number): readonly Operation[] => [
  afterwards('the removal of a user', ({ ada }) => [sending('DELETE', `/Users/${ada}`)]),
  afterwards('the removal of a group', (world) => [sending('DELETE', team(world))]),
  afterwards('a new name of a group', (world) => [replacing(team(world), 'displayName', 'new')]),
  afterwards('a large change', (world) => [replacing(team(world), 'members', values([world.ada, world.eve, world.fay, world.gus]))], {
    transactionLimit: stagedAbove,
  }),
];
