import { openTestStore } from '../support/store-open.ts';
import { describeDirectoryStore } from './directory-store.contract.ts';

describeDirectoryStore('DynamoDB', async () => (await openTestStore()).store);
