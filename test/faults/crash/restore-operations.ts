import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { drain } from '../../support/drain.ts';
import { administerRemoved } from '../../support/removed.ts';
import type { Process } from '../../support/site.ts';
import { aCall } from '../../support/store-call.ts';
import { deletion } from '../../support/store-resources.ts';
import type { Act, Answered, Operation, World } from './operation.ts';
import { filtersOf, patching, sending, values } from './world.ts';

const work: Act = async ({ table, now }) => {
  await drain(table, { now });
  return [200];
};

/** An operator asks for it, and a worker brings back what that has left. */
const restoring =
  (type: string, id: string): Act =>
  async (process) => {
    const answered = await statusOf(process, type, id);
    await work(process).catch(() => undefined);
    return answered;
  };

async function statusOf({ endpoint, table, now }: Process, type: string, id: string): Promise<Answered> {
  try {
    await administerRemoved({ ...endpoint.table, ...table }, now).restore(type, id);
    return [200];
  } catch (error) {
    return [error instanceof AdminRefusal ? 409 : 500];
  }
}

/** It is there, with the memberships that were not swept, before the others come back. */
const restored =
  (type: string, id: string): Act =>
  async ({ endpoint, now }) => {
    const call = aCall({ deadlineMs: now() + 30_000 });
    const removed = await endpoint.table.store.loadRemoved(type, id, call);
    if (removed === undefined) return [409];
    const entries = { unique: [{ attribute: nameOf(type), value: String(removed.resource.attributes[nameOf(type)]) }], lookup: [] };
    await endpoint.table.store.commit({ ...deletion(removed.resource), kind: 'restore', entries }, call);
    return [200];
  };

const nameOf = (type: string): string => (type === 'User' ? 'userName' : 'displayName');

type What = { readonly type: 'User' | 'Group'; readonly path: string; readonly of: (world: World) => string };

const restore = (title: string, { type, path, of }: What, isSwept: boolean): Operation => ({
  title: `restore ${title}`,
  prepare: (world) => [sending('DELETE', `${path}/${of(world)}`), ...(isSwept ? [work] : [])],
  stage: (world) => ({
    act: restoring(type, of(world)),
    parts: [restored(type, of(world))],
    meanwhile: {
      'adds members': patching(`/Groups/${world.crew}`, { op: 'add', path: 'members', value: values([world.eve, world.fay]) }),
      'removes a member': sending('DELETE', `/Users/${world.dan}`),
    },
    filters: filtersOf(world, { groups: ['team'], ...(type === 'Group' && { users: ['ada'] }) }),
  }),
});

const USER: What = { type: 'User', path: '/Users', of: ({ ada }) => ada };
const GROUP: What = { type: 'Group', path: '/Groups', of: ({ team }) => team };

export const RESTORE_OPERATIONS: readonly Operation[] = [
  restore('a user', USER, false),
  restore('a user after the sweep', USER, true),
  restore('a group', GROUP, false),
  restore('a group after the sweep', GROUP, true),
];
