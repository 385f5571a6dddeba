import { expect, it } from '@jest/globals';
import { claimWarning } from '../../src/dynamodb/expiry-warnings.ts';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { aCall } from '../support/store-call.ts';

it('a warning of an expiry is news once, whoever asks, and the next threshold is again', async () => {
  const { client, tableName } = await openTestTable();
  const table = new TableClient(client, tableName, REAL_PACE);
  const claim = (credential: string, threshold: number) =>
    claimWarning(
      table,
      { credential, threshold, application: 'hr', kind: 'token', daysLeft: 6, expiresAt: new Date('2026-06-07T00:00:00.000Z') },
      aCall(),
    );

  const atOnce = await Promise.all([claim('c1', 7), claim('c1', 7), claim('c1', 7)]);

  expect(atOnce.filter(Boolean)).toHaveLength(1);
  expect(await claim('c1', 7)).toBe(false);
  expect([await claim('c1', 1), await claim('c2', 7)]).toEqual([true, true]);
});
