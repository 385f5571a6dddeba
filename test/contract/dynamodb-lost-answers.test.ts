import { describe, expect, it } from '@jest/globals';
import { StaleRead } from '../../src/directory/ports.ts';
import { type Fault, injectFaults, lostAnswer, refusedAs } from '../support/dynamodb-faults.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';

const once =
  (command: string, fault: Fault) =>
  (name: string, earlier: number): Fault | undefined =>
    name === command && earlier === 0 ? fault : undefined;

describe('when an answer is lost', () => {
  it('a creation that took effect is a success, and happened once', async () => {
    const { store, client } = await openTestStore();
    injectFaults(client, once('TransactWriteItemsCommand', lostAnswer()));
    const call = aCall();

    await create(store, aUser('lost.create'), [], call);

    expect(call.usage).toMatchObject({ calls: 2, retries: 1 });
    expect(await store.count('User', aCall())).toBe(1);
  });

  it('a member change that took effect is counted once', async () => {
    const { store, client } = await openTestStore();
    const user = await create(store, aUser('lost.member'));
    const group = await create(store, aGroup('Lost'));
    injectFaults(client, once('TransactWriteItemsCommand', lostAnswer()));

    await store.commit(memberChange(group, [asMember(user)]), aCall());

    expect((await store.load('Group', group.id, {}, aCall()))?.resource.version).toBe(2);
  });

  it('a single write that took effect knows its own work', async () => {
    const { store, client } = await openTestStore();
    const user = await create(store, aUser('lost.single'));
    injectFaults(client, once('UpdateItemCommand', lostAnswer()));
    const after = { ...user, attributes: { ...user.attributes, active: false } };

    const committed = await store.commit(update(user, after), aCall());

    expect(committed).toEqual({ ...after, version: 2 });
    expect((await store.load('User', user.id, {}, aCall()))?.resource).toEqual(committed);
  });

  it('a single write that another one beat is stale, not taken for its own', async () => {
    const { store, client } = await openTestStore();
    const user = await create(store, aUser('beaten'));
    const change = (title: string) => update(user, { ...user, attributes: { ...user.attributes, title } });
    await store.commit(change('winner'), aCall());
    injectFaults(client, once('UpdateItemCommand', lostAnswer()));

    await expect(store.commit(change('loser'), aCall())).rejects.toThrow(StaleRead);
  });

  it('a removal that took effect is a success', async () => {
    const { store, client } = await openTestStore();
    const user = await create(store, aUser('lost.removal'));
    injectFaults(client, once('TransactWriteItemsCommand', lostAnswer()));

    await store.commit(deletion(user), aCall());

    expect(await store.count('User', aCall())).toBe(0);
  });
});

describe('when the service refuses for a moment', () => {
  const conflict = { CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }] };

  it.each([
    ['throttling', refusedAs('ThrottlingException')],
    ['a fault of the service', refusedAs('InternalServerError', { $metadata: { httpStatusCode: 500 } })],
    ['a conflict of transactions', refusedAs('TransactionCanceledException', conflict)],
    ['the same transaction still at work', refusedAs('TransactionInProgressException')],
  ])('a write is sent again after %s', async (_, fault) => {
    const { store, client } = await openTestStore();
    injectFaults(client, (command, earlier) => (command === 'TransactWriteItemsCommand' && earlier < 3 ? fault : undefined));
    const call = aCall();

    await create(store, aUser('again'), [], call);

    expect(call.usage).toMatchObject({ calls: 4, retries: 3 });
  });

  it('a read is sent again too', async () => {
    const { store, client } = await openTestStore();
    const user = await create(store, aUser('read.again'));
    injectFaults(client, once('GetItemCommand', refusedAs('ProvisionedThroughputExceededException')));

    expect(await store.load('User', user.id, {}, aCall())).toBeDefined();
  });

  it('a request that is refused until its deadline is unavailable, soon enough to be told', async () => {
    const { store, client } = await openTestStore();
    injectFaults(client, () => refusedAs('ThrottlingException'));
    const deadlineMs = Date.now() + 150;

    await expect(create(store, aUser('in.vain'), [], aCall({ deadlineMs }))).rejects.toMatchObject({ kind: 'unavailable', status: 503 });
    expect(Date.now()).toBeLessThan(deadlineMs + 100);
  });
});
