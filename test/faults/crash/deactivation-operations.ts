import { USER } from '../../support/bulk.ts';
import { drain } from '../../support/drain.ts';
import type { Act, Operation } from './operation.ts';
import { filtersOf, patching, replacing, sending, values } from './world.ts';

const ON = { deleteDeactivatedUsers: 'on' } as const;
const OFF = { deleteDeactivatedUsers: 'off' } as const;

const work: Act = async ({ table, now }) => {
  await drain(table, { now });
  return [200];
};

const posting = (externalId: string, more: object = {}): Act =>
  sending('POST', '/Users', { schemas: [USER], userName: 'ADA', externalId, ...more });

/** A client asks for it, and a worker brings back the memberships. */
const returning: Act = async (process) => {
  const answered = await posting('E-ada', { title: 'Dr' })(process);
  await work(process).catch(() => undefined);
  return answered;
};

const comingBack = (when: string, prepare: readonly Act[]): Operation => ({
  title: `bring back a former user ${when}`,
  policy: OFF,
  prepare: ({ ada }) => [sending('DELETE', `/Users/${ada}`), ...prepare],
  stage: (world) => ({
    act: returning,
    parts: [posting('E-ada', { title: 'Dr' })],
    meanwhile: {
      'creates another person of that name': posting('E-other'),
      'adds members': patching(`/Groups/${world.crew}`, { op: 'add', path: 'members', value: values([world.eve, world.fay]) }),
    },
    filters: filtersOf(world, { users: ['ada', 'other'] }),
  }),
});

export const DEACTIVATION_OPERATIONS: readonly Operation[] = [
  {
    title: 'remove a user by a deactivation',
    policy: ON,
    stage: (world) => ({
      act: replacing(`/Users/${world.ada}`, 'active', false),
      meanwhile: {
        'changes something else': replacing(`/Users/${world.ada}`, 'title', 'Countess'),
        'deletes the user': sending('DELETE', `/Users/${world.ada}`),
      },
      filters: filtersOf(world, { users: ['ada'] }),
    }),
  },
  {
    title: 'hide a user, and keep it',
    policy: OFF,
    stage: (world) => ({
      act: sending('DELETE', `/Users/${world.ada}`),
      meanwhile: {
        'deactivates the user': replacing(`/Users/${world.ada}`, 'active', false),
        'creates the same person': posting('E-ada'),
      },
      filters: filtersOf(world, { users: ['ada'] }),
    }),
  },
  comingBack('before the sweep', []),
  comingBack('after the sweep', [work]),
];
