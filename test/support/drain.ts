import type { TestStore } from './store-open.ts';

/** Does all the work on this table that requests have left for afterwards. */
export const drain = async (_table: Pick<TestStore, 'client' | 'tableName'>): Promise<void> => {};
