import { USER } from '../../support/bulk.ts';
import type { Act, Operation } from './operation.ts';
import { filtersOf, replacing, sending } from './world.ts';

/** As many as are there, and one more. */
const ONE_LEFT = { maxActiveUsers: 8 } as const;
const NONE_LEFT = { maxActiveUsers: 7 } as const;

const posting = (userName: string): Act => sending('POST', '/Users', { schemas: [USER], userName, externalId: `E-${userName}` });

const setActive = (id: string, value: boolean): Act => replacing(`/Users/${id}`, 'active', value);

export const SEAT_OPERATIONS: readonly Operation[] = [
  {
    title: 'take the last seat with a new user',
    policy: ONE_LEFT,
    stage: (world) => ({
      act: posting('new'),
      meanwhile: { 'takes it with another one': posting('other'), 'frees one more': setActive(world.fay, false) },
      filters: filtersOf(world, { users: ['new', 'other'] }),
    }),
  },
  {
    title: 'take the last seat by an activation',
    policy: NONE_LEFT,
    prepare: ({ fay }) => [setActive(fay, false)],
    stage: (world) => ({
      act: setActive(world.fay, true),
      meanwhile: { 'takes it with a new one': posting('new'), 'deletes the user': sending('DELETE', `/Users/${world.fay}`) },
      filters: filtersOf(world, { users: ['fay', 'new'] }),
    }),
  },
  {
    title: 'free a seat by a deactivation',
    policy: NONE_LEFT,
    stage: (world) => ({
      act: setActive(world.fay, false),
      meanwhile: { 'takes it with a new one': posting('new'), 'changes something else': replacing(`/Users/${world.fay}`, 'title', 'Dr') },
      filters: filtersOf(world, { users: ['fay', 'new'] }),
    }),
  },
];
