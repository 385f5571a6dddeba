import { describe, expect, it } from '@jest/globals';
import { type CredentialList, EMPTY_LIST } from '../../src/access/credential-list.ts';
import type { CredentialStore } from '../../src/access/ports.ts';
import { aCredential, aToken, listOf } from '../support/access-memory.ts';

export const add = (id: string) => (list: CredentialList) => ({
  ...list,
  credentials: [...list.credentials, aCredential(aToken(1), { id })],
});

export const idsIn = async (store: CredentialStore): Promise<readonly string[]> =>
  (await store.readCredentials()).credentials.map(({ id }) => id);

/** What every store of credentials has in common; `open` gives an empty one. */
export const describeCredentialStore = (name: string, open: () => Promise<CredentialStore>): void => {
  describe(`CredentialStore contract: ${name}`, () => {
    it('is an empty list before anything was put in', async () => {
      const store = await open();

      await expect(store.readCredentials()).resolves.toEqual(EMPTY_LIST);
    });

    it('reads back what a change made', async () => {
      const store = await open();
      const made = { ...listOf(aCredential(aToken(1)), aCredential(aToken(2), { id: 'c2' })), unreadable: [{ kind: 'oauth-client' }] };

      await store.changeCredentials(() => made);

      await expect(store.readCredentials()).resolves.toEqual(made);
    });

    it('decides each change on the outcome of the one before', async () => {
      const store = await open();

      await store.changeCredentials(add('one'));
      await store.changeCredentials(add('two'));

      await expect(idsIn(store)).resolves.toEqual(['one', 'two']);
    });

    it('loses none of eight changes made at once', async () => {
      const store = await open();
      const ids = ['1', '2', '3', '4', '5', '6', '7', '8'];

      await Promise.all(ids.map((id) => store.changeCredentials(add(id))));

      expect((await idsIn(store)).toSorted()).toEqual(ids);
    });

    it('leaves the list alone when there is nothing to change', async () => {
      const store = await open();
      await store.changeCredentials(add('one'));

      await store.changeCredentials(() => undefined);

      await expect(idsIn(store)).resolves.toEqual(['one']);
    });

    it('leaves the list alone when the decision is to refuse, and passes the refusal on', async () => {
      const store = await open();
      const refusal = new TypeError('not so');

      const changed = store.changeCredentials(() => {
        throw refusal;
      });

      await expect(changed).rejects.toBe(refusal);
      await expect(idsIn(store)).resolves.toEqual([]);
    });
  });
};
