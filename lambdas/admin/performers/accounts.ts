import type { ACCOUNT_ACTS } from '../../../src/access/acts/account-acts.ts';
import { changePassword, createAccount, revokeAccount } from '../../../src/access/credentials/administer/accounts.ts';
import { listAccounts } from '../../../src/access/credentials/administer/list-credentials.ts';
import type { Performers } from './performer.ts';

export const ACCOUNT_PERFORMERS: Performers<keyof typeof ACCOUNT_ACTS> = {
  'account.create': ({ administration }, asked, call) => createAccount(administration, asked, call),
  'account.list': ({ administration }, asked, call) => listAccounts(administration, asked, call),
  'account.password': ({ administration }, asked) => changePassword(administration, asked),
  'account.revoke': ({ administration }, asked) => revokeAccount(administration, asked),
};
