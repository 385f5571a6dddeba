import { USER } from '../../support/bulk.ts';
import type { Operation } from './operation.ts';
import { filtersOf, patching, replacing, sending, values } from './world.ts';

const email = (value: string) => [{ type: 'work', value }];

export const USER_OPERATIONS: readonly Operation[] = [
  {
    title: 'create a user',
    stage: (world) => {
      const user = { schemas: [USER], userName: 'New', externalId: 'E-new', emails: email('new@example.com') };
      return {
        act: sending('POST', '/Users', user),
        meanwhile: { 'creates another of that name': sending('POST', '/Users', { ...user, userName: 'NEW', externalId: 'E-other' }) },
        filters: filtersOf(world, { users: ['new', 'other'], emails: ['new@example.com'] }),
      };
    },
  },
  {
    title: 'change a user with PATCH, with a value it is found by',
    stage: (world) => {
      return {
        act: patching(
          `/Users/${world.ada}`,
          { op: 'replace', path: 'title', value: 'Countess' },
          { op: 'add', path: 'emails', value: email('ada@example.com') },
        ),
        meanwhile: { 'changes something else': replacing(`/Users/${world.ada}`, 'nickName', 'A') },
        filters: filtersOf(world, { users: ['ada'], emails: ['ada@example.com'] }),
      };
    },
  },
  {
    title: 'change a user with PATCH, with no value it is found by',
    stage: (world) => {
      return {
        act: replacing(`/Users/${world.ada}`, 'title', 'Countess'),
        meanwhile: { 'changes the same': replacing(`/Users/${world.ada}`, 'title', 'Enchantress') },
        filters: filtersOf(world, { users: ['ada'] }),
      };
    },
  },
  {
    title: 'rename a user',
    stage: (world) => {
      return {
        act: replacing(`/Users/${world.ada}`, 'userName', 'augusta'),
        meanwhile: { 'takes the name': replacing(`/Users/${world.bea}`, 'userName', 'Augusta') },
        filters: filtersOf(world, { users: ['ada', 'augusta', 'bea'] }),
      };
    },
  },
  {
    title: 'replace a user with PUT',
    stage: (world) => {
      const user = { schemas: [USER], userName: 'augusta', title: 'Countess', emails: email('ada@example.com') };
      return {
        act: sending('PUT', `/Users/${world.ada}`, user),
        meanwhile: { 'deletes the user': sending('DELETE', `/Users/${world.ada}`) },
        filters: filtersOf(world, { users: ['ada', 'augusta'], emails: ['ada@example.com'] }),
      };
    },
  },
  {
    title: 'delete a user that is in groups',
    stage: (world) => {
      return {
        act: sending('DELETE', `/Users/${world.ada}`),
        meanwhile: {
          'adds the user to a group': patching(`/Groups/${world.crew}`, {
            op: 'add',
            path: 'members',
            value: values([world.ada, world.bea]),
          }),
        },
        filters: filtersOf(world, { users: ['ada'] }),
      };
    },
  },
];
