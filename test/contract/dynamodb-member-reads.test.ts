import { describe, expect, it } from '@jest/globals';
import { partitionOf, SLICES } from '../../src/dynamodb/keys.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { aCall } from '../support/store-call.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';

/** A directory in which `meanwhile` happens after the first slice of a group's members has been read, once. */
async function openInterrupted() {
  const { client, tableName } = await openTestTable();
  const { client: other } = await openTestTable();
  const store = openDirectoryStore({ client, tableName, registry: REGISTRY });
  const quiet = openDirectoryStore({ client: other, tableName, registry: REGISTRY });
  let pending: (() => Promise<unknown>) | undefined;
  const interrupt = (group: { readonly id: string }, meanwhile: () => Promise<unknown>): void => {
    const [first, ...others] = SLICES.map((slice) => partitionOf.members(group.id, slice));
    const done = Promise.withResolvers<void>();
    pending = meanwhile;
    client.middlewareStack.add(
      (next) => async (args) => {
        const { ':pk': pk } = ('ExpressionAttributeValues' in args.input ? args.input.ExpressionAttributeValues : undefined) ?? {};
        if (others.includes(pk?.S ?? '')) await done.promise;
        const output = await next(args);
        if (pk?.S === first && pending !== undefined) {
          const work = pending;
          pending = undefined;
          await work();
          done.resolve();
        }
        return output;
      },
      { step: 'initialize', name: 'interrupt' },
    );
  };
  return { store, quiet, interrupt };
}

describe('the members of a group that changes while they are read', () => {
  it('are those of one moment, with the name of that moment', async () => {
    const { store, quiet, interrupt } = await openInterrupted();
    const users = await Promise.all(Array.from({ length: 16 }, (_, n) => create(quiet, aUser(`user-${n}`))));
    const group = await create(quiet, aGroup('before'));
    const renamed = { ...group, attributes: { displayName: 'after' } };
    const change = update(group, renamed, { members: { add: users.map(asMember), remove: [] } });

    interrupt(group, () => quiet.commit(change, aCall()));
    const loaded = await store.load('Group', group.id, { members: true }, aCall());

    expect(loaded?.members).toHaveLength(16);
    expect(loaded?.resource).toMatchObject({ version: 2, attributes: { displayName: 'after' } });
  });

  it('are not shown when the group is removed meanwhile', async () => {
    const { store, quiet, interrupt } = await openInterrupted();
    const users = await Promise.all(Array.from({ length: 16 }, (_, n) => create(quiet, aUser(`user-${n}`))));
    const group = await create(quiet, aGroup('removed'), users.map(asMember));

    interrupt(group, () => quiet.commit(deletion(group), aCall()));

    expect(await store.load('Group', group.id, { members: true }, aCall())).toBeUndefined();
  });

  it('never show a later change without an earlier one', async () => {
    const { store, quiet, interrupt } = await openInterrupted();
    const users = await Promise.all(Array.from({ length: 16 }, (_, n) => create(quiet, aUser(`user-${n}`))));
    const group = await create(quiet, aGroup('group'));
    const addAll = async (): Promise<void> => {
      for (const user of users) await quiet.commit(memberChange(group, [asMember(user)]), aCall());
    };

    interrupt(group, addAll);
    const loaded = await store.load('Group', group.id, { members: true }, aCall());

    expect(loaded?.members).toHaveLength(16);
    expect(loaded?.resource.version).toBe(17);
  });
});
