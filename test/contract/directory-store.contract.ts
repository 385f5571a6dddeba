import { beforeAll, describe, expect, it } from '@jest/globals';
import { type DirectoryStore, StaleRead } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { aCall } from '../support/store-call.ts';
import { aGroup, asMember, aUser, create, creation, deletion, memberChange, newId, update } from '../support/store-resources.ts';

/** What every adapter of the directory's store must do, whatever it is made of. */
export function describeDirectoryStore(name: string, open: () => Promise<DirectoryStore>): void {
  describe(`DirectoryStore contract: ${name}`, () => {
    let store: DirectoryStore;

    beforeAll(async () => {
      store = await open();
    });

    const read = async ({ type, id }: StoredResource): Promise<StoredResource | undefined> =>
      (await store.load(type, id, {}, aCall()))?.resource;

    const groupsOf = async ({ type, id }: StoredResource) => (await store.load(type, id, { groups: true }, aCall()))?.groups;

    const memberIdsOf = async ({ type, id }: StoredResource) =>
      (await store.load(type, id, { members: true }, aCall()))?.members?.map(({ value }) => value).sort();

    describe('create and load', () => {
      it('gives back the resource as it was committed, at version 1', async () => {
        const user = { ...aUser('create.load', { name: { familyName: 'Ångström' }, score: 0.1 }), externalIds: { default: 'X-1' } };

        const committed = await create(store, user);

        expect(committed).toEqual(user);
        expect(await read(user)).toEqual(user);
      });

      it('finds nothing under an id that nobody has, or that is no id', async () => {
        for (const id of [newId(), 'nobody', '', '../x', 'User#0', '\u0000']) {
          expect(await store.load('User', id, { groups: true }, aCall())).toBeUndefined();
        }
      });

      it('keeps types apart', async () => {
        const user = await create(store, aUser('types.apart'));

        expect(await store.load('Group', user.id, {}, aCall())).toBeUndefined();
      });

      it('refuses a unique value that is taken, and leaves no trace of the refused resource', async () => {
        await create(store, aUser('Taken'));
        const second = aUser('tAKEN', { email: 'second@example.com' });
        const users = await store.count('User', aCall());

        await expect(create(store, second)).rejects.toMatchObject({ kind: 'uniqueness', message: expect.stringContaining('userName') });
        expect(await read(second)).toBeUndefined();
        expect(await store.count('User', aCall())).toBe(users);
        expect(await store.findIds('User', 'lookup', { attribute: 'emails.value', value: 'second@example.com' }, aCall())).toEqual([]);
      });

      it('never takes an id twice', async () => {
        const user = await create(store, aUser('same.id'));

        await expect(create(store, { ...aUser('same.id.again'), id: user.id })).rejects.toThrow(StaleRead);
      });

      it('takes the same value for another type', async () => {
        await create(store, aUser('shared.name'));

        await expect(create(store, aGroup('shared.name'))).resolves.toBeDefined();
      });

      it('refuses a resource that is too large to keep', async () => {
        const user = aUser('too.large', { photo: 'x'.repeat(310 * 1024) });

        await expect(create(store, user)).rejects.toMatchObject({ kind: 'tooLarge' });
      });

      it('takes two e-mails that fold to one as one', async () => {
        const user = aUser('twice.listed');
        const entry = { attribute: 'emails.value', value: 'twice@example.com' };

        await store.commit({ ...creation(user), entries: { unique: [], lookup: [entry, entry] } }, aCall());

        expect(await store.findIds('User', 'lookup', entry, aCall())).toEqual([user.id]);
      });
    });

    describe('find', () => {
      it('finds a unique value', async () => {
        const user = await create(store, aUser('Find.Unique'));

        expect(await store.findIds('User', 'unique', { attribute: 'userName', value: 'find.unique' }, aCall())).toEqual([user.id]);
      });

      it('finds all who share a look-up value', async () => {
        const users = [
          await create(store, aUser('share.1', { email: 's@x.org' })),
          await create(store, aUser('share.2', { email: 's@x.org' })),
        ];

        const found = await store.findIds('User', 'lookup', { attribute: 'emails.value', value: 's@x.org' }, aCall());

        expect(found).toEqual(users.map(({ id }) => id));
      });

      it('keeps the externalIds of two applications apart', async () => {
        const one = await create(store, { ...aUser('external.1'), externalIds: { first: '7' } });
        const other = await create(store, { ...aUser('external.2'), externalIds: { second: '7' } });
        const find = (application: string) =>
          store.findIds('User', 'lookup', { attribute: 'externalId', application, value: '7' }, aCall());

        expect(await find('first')).toEqual([one.id]);
        expect(await find('second')).toEqual([other.id]);
        expect(await find('third')).toEqual([]);
      });

      it('finds a value too long for a key', async () => {
        const value = `${'long.'.repeat(180)}end`;
        const user = await create(store, aUser(value));

        expect(await store.findIds('User', 'unique', { attribute: 'userName', value }, aCall())).toEqual([user.id]);
        expect(await store.findIds('User', 'unique', { attribute: 'userName', value: `${value}s` }, aCall())).toEqual([]);
      });
    });

    describe('update', () => {
      it('adds one to the committed version, whatever the version handed in', async () => {
        const user = await create(store, aUser('update.version'));
        const after = { ...user, version: 99, lastModified: '2026-02-02T00:00:00.000Z', attributes: { ...user.attributes, active: false } };

        const committed = await store.commit(update(user, after), aCall());

        expect(committed).toEqual({ ...after, version: 2 });
        expect(await read(user)).toEqual({ ...after, version: 2 });
      });

      it('moves the keys of changed values, and frees the old ones', async () => {
        const user = await create(store, aUser('old.name', { email: 'old@x.org' }));
        const after = { ...user, attributes: { ...user.attributes, userName: 'new.name', email: 'new@x.org' } };

        await store.commit(update(user, after), aCall());

        const unique = (value: string) => store.findIds('User', 'unique', { attribute: 'userName', value }, aCall());
        const lookup = (value: string) => store.findIds('User', 'lookup', { attribute: 'emails.value', value }, aCall());
        expect([await unique('new.name'), await lookup('new@x.org')]).toEqual([[user.id], [user.id]]);
        expect([await unique('old.name'), await lookup('old@x.org')]).toEqual([[], []]);
        await expect(create(store, aUser('old.name'))).resolves.toBeDefined();
      });

      it('refuses a changed unique value that is taken, and changes nothing', async () => {
        await create(store, aUser('occupied'));
        const user = await create(store, aUser('mover'));
        const after = { ...user, attributes: { ...user.attributes, userName: 'Occupied' } };

        await expect(store.commit(update(user, after), aCall())).rejects.toMatchObject({ kind: 'uniqueness' });
        expect(await read(user)).toEqual(user);
      });

      it('is stale when the resource has changed since it was read, or is gone', async () => {
        const user = await create(store, aUser('stale'));
        const other = { ...user, attributes: { ...user.attributes, title: 'first' } };
        const changed = await store.commit(update(user, other), aCall());

        await expect(store.commit(update(user, { ...user, attributes: { title: 'second' } }), aCall())).rejects.toThrow(StaleRead);
        expect((await read(user))?.attributes).toMatchObject({ title: 'first' });

        if (changed) await store.commit(deletion(changed), aCall());
        await expect(store.commit(update(other, user), aCall())).rejects.toThrow(StaleRead);
      });
    });

    describe('members', () => {
      it('appear at both ends', async () => {
        const [ada, bob] = [await create(store, aUser('both.ada')), await create(store, aUser('both.bob'))];
        const group = await create(store, aGroup('Both ends'), [{ ...asMember(ada), display: 'Ada' }]);

        await store.commit(memberChange(group, [asMember(bob)]), aCall());

        const { members } = (await store.load('Group', group.id, { members: true }, aCall())) ?? {};
        expect(members).toHaveLength(2);
        expect(members).toEqual(
          expect.arrayContaining([
            { value: ada.id, type: 'User', display: 'Ada' },
            { value: bob.id, type: 'User' },
          ]),
        );
        expect(await groupsOf(bob)).toEqual([{ value: group.id, display: 'Both ends' }]);
        expect(await store.groupIdsOf(ada.id, aCall())).toEqual([group.id]);
      });

      it('go from both ends', async () => {
        const [ada, bob] = [await create(store, aUser('leave.ada')), await create(store, aUser('leave.bob'))];
        const group = await create(store, aGroup('Leavers'), [asMember(ada), asMember(bob)]);

        await store.commit(memberChange(group, [], [ada.id, newId(), 'no id']), aCall());

        expect(await memberIdsOf(group)).toEqual([bob.id]);
        expect(await groupsOf(ada)).toEqual([]);
      });

      it('are counted as a change of the group, whatever version it was read at', async () => {
        const [ada, bob] = [await create(store, aUser('any.ada')), await create(store, aUser('any.bob'))];
        const group = await create(store, aGroup('Any version'));

        const first = await store.commit(memberChange(group, [asMember(ada)]), aCall());
        await store.commit(memberChange(group, [asMember(bob)]), aCall());

        expect(first?.version).toBe(2);
        expect((await read(group))?.version).toBe(3);
        expect(await memberIdsOf(group)).toEqual([ada.id, bob.id]);
      });

      it('may be changed with the version as a condition', async () => {
        const ada = await create(store, aUser('if.match'));
        const group = await create(store, aGroup('If-Match'));
        const change = { ...memberChange(group, [asMember(ada)]), expect: 'version' as const };

        await store.commit(change, aCall());

        await expect(store.commit(change, aCall())).rejects.toThrow(StaleRead);
      });

      it('must exist, and the refusal names the one that does not', async () => {
        const [ada, nobody] = [await create(store, aUser('exists')), aUser('never.stored')];
        const group = await create(store, aGroup('Must exist'));
        const change = memberChange(group, [asMember(ada), asMember(nobody)]);

        await expect(store.commit(change, aCall())).rejects.toMatchObject({
          kind: 'invalidValue',
          message: expect.stringContaining(nobody.id),
        });
        expect(await read(group)).toEqual(group);
        expect(await memberIdsOf(group)).toEqual([]);
      });

      it('must be named by an id, and what is none is not repeated', async () => {
        const group = await create(store, aGroup('No id'));
        const change = memberChange(group, [{ value: 'ada@example.com', type: 'User' }]);

        await expect(store.commit(change, aCall())).rejects.toMatchObject({
          kind: 'invalidValue',
          message: expect.not.stringContaining('ada'),
        });
      });

      it('are never the group itself when it is made', async () => {
        const group = aGroup('Itself');

        await expect(create(store, group, [asMember(group)])).rejects.toMatchObject({ kind: 'invalidValue' });
      });

      it('that are both removed and added are members', async () => {
        const ada = await create(store, aUser('both.ways'));
        const group = await create(store, aGroup('Both ways'));

        await store.commit(memberChange(group, [asMember(ada), asMember(ada)], [ada.id, ada.id]), aCall());

        expect(await memberIdsOf(group)).toEqual([ada.id]);
      });

      it('may be more than one transaction holds', async () => {
        const users = await Promise.all(Array.from({ length: 40 }, (_, index) => create(store, aUser(`crowd.${index}`))));
        const group = await create(store, aGroup('A crowd'));

        await store.commit(memberChange(group, users.map(asMember)), aCall());

        expect(await memberIdsOf(group)).toEqual(users.map(({ id }) => id).sort());
        expect((await store.load('Group', group.id, {}, aCall()))?.resource.version).toBe(2);
      });

      it('cannot be added to a group that is gone', async () => {
        const ada = await create(store, aUser('too.late'));
        const group = await create(store, aGroup('Gone'));
        await store.commit(deletion(group), aCall());

        await expect(store.commit(memberChange(group, [asMember(ada)]), aCall())).rejects.toThrow(StaleRead);
        expect(await groupsOf(ada)).toEqual([]);
      });

      it('may be groups themselves', async () => {
        const inner = await create(store, aGroup('Inner'));
        const outer = await create(store, aGroup('Outer'), [asMember(inner)]);

        expect((await store.load('Group', outer.id, { members: true }, aCall()))?.members).toEqual([{ value: inner.id, type: 'Group' }]);
        expect(await groupsOf(inner)).toEqual([{ value: outer.id, display: 'Outer' }]);
      });

      it('can be asked about by id', async () => {
        const [ada, bob] = [await create(store, aUser('asked.ada')), await create(store, aUser('asked.bob'))];
        const group = await create(store, aGroup('Asked'), [asMember(ada), asMember(bob)]);

        const loaded = await store.load('Group', group.id, { members: [bob.id, newId(), 'no id'] }, aCall());

        expect(loaded?.members).toEqual([asMember(bob)]);
      });
    });

    describe('what a member change must know', () => {
      it('tells members from those who only exist', async () => {
        const [member, stranger] = [await create(store, aUser('known.member')), await create(store, aUser('known.stranger'))];
        const group = await create(store, aGroup('Known'), [asMember(member)]);
        const ids = [member.id, stranger.id, stranger.id, newId(), 'no id'];

        const loaded = await store.loadForMemberChange('Group', group.id, ids, aCall());

        expect(loaded?.resource).toEqual(group);
        expect([...(loaded?.members.keys() ?? [])]).toEqual([member.id]);
        expect(loaded?.aliveTypes).toEqual(
          new Map([
            [member.id, 'User'],
            [stranger.id, 'User'],
          ]),
        );
        expect(await store.aliveTypes(ids, aCall())).toEqual(loaded?.aliveTypes);
      });

      it('is undefined for a group that is not there', async () => {
        expect(await store.loadForMemberChange('Group', newId(), [newId()], aCall())).toBeUndefined();
        expect(await store.loadForMemberChange('Group', 'no id', [], aCall())).toBeUndefined();
      });

      it('can be more than one batch of the service', async () => {
        const group = await create(store, aGroup('Many asked'));
        const ids = Array.from({ length: 120 }, newId);

        expect((await store.loadForMemberChange('Group', group.id, ids, aCall()))?.aliveTypes.size).toBe(0);
      });
    });

    describe('rename of a group', () => {
      it('shows at once among the groups of its members', async () => {
        const ada = await create(store, aUser('rename.ada'));
        const group = await create(store, aGroup('Before'), [asMember(ada)]);

        await store.commit(update(group, { ...group, attributes: { displayName: 'After' } }), aCall());

        expect(await groupsOf(ada)).toEqual([{ value: group.id, display: 'After' }]);
      });

      it('makes a member change stale that was decided under the old name', async () => {
        const ada = await create(store, aUser('rename.race'));
        const group = await create(store, aGroup('Old label'));
        await store.commit(update(group, { ...group, attributes: { displayName: 'New label' } }), aCall());

        await expect(store.commit(memberChange(group, [asMember(ada)]), aCall())).rejects.toThrow(StaleRead);
      });
    });

    describe('delete', () => {
      it('removes the resource, frees its values and counts it out', async () => {
        const user = await create(store, aUser('deleted', { email: 'deleted@x.org' }));
        const users = await store.count('User', aCall());

        expect(await store.commit(deletion(user), aCall())).toBeUndefined();

        expect(await read(user)).toBeUndefined();
        expect(await store.count('User', aCall())).toBe(users - 1);
        expect(await store.findIds('User', 'lookup', { attribute: 'emails.value', value: 'deleted@x.org' }, aCall())).toEqual([]);
        expect(await store.aliveTypes([user.id], aCall())).toEqual(new Map());
        await expect(create(store, aUser('Deleted'))).resolves.toBeDefined();
      });

      it('is stale when the resource has changed since it was read', async () => {
        const user = await create(store, aUser('delete.stale'));
        await store.commit(update(user, { ...user, attributes: { ...user.attributes, active: false } }), aCall());

        await expect(store.commit(deletion(user), aCall())).rejects.toThrow(StaleRead);
        expect(await read(user)).toBeDefined();
      });

      it('takes a user out of all groups, and a group out of all its members', async () => {
        const [ada, bob] = [await create(store, aUser('out.ada')), await create(store, aUser('out.bob'))];
        const [kept, gone] = [
          await create(store, aGroup('Kept'), [ada, bob].map(asMember)),
          await create(store, aGroup('Gone too'), [ada, bob].map(asMember)),
        ];

        await store.commit(deletion(ada), aCall());
        await store.commit(deletion(gone), aCall());

        expect(await memberIdsOf(kept)).toEqual([bob.id]);
        expect(await groupsOf(bob)).toEqual([{ value: kept.id, display: 'Kept' }]);
      });
    });

    describe('several at once', () => {
      it('come in the order of the ids asked for, without those that are gone', async () => {
        const [ada, bob] = [await create(store, aUser('many.ada')), await create(store, aUser('many.bob'))];
        const group = await create(store, aGroup('Many'), [asMember(ada)]);

        const loaded = await store.loadMany('User', [bob.id, newId(), 'no id', ada.id], { groups: true }, aCall());

        expect(loaded).toEqual([
          { resource: bob, groups: [] },
          { resource: ada, groups: [{ value: group.id, display: 'Many' }] },
        ]);
      });
    });
  });
}
