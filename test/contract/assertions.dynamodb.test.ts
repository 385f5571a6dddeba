import { describe, expect, it } from '@jest/globals';
import { openAssertionLedger } from '../../src/dynamodb/assertions.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';

const ISSUER = 'https://login.example.com/tenant/v2.0';

async function open() {
  const { client, tableName } = await openTestTable();
  return { ledger: openAssertionLedger({ client, tableName }), items: () => readTable(client, tableName) };
}

describe('the ledger of assertions', () => {
  it('knows a first use from a second', async () => {
    const { ledger } = await open();

    await expect(ledger.use(ISSUER, 'a', 2_000_000_000, aCall())).resolves.toBe(true);
    await expect(ledger.use(ISSUER, 'a', 2_000_000_000, aCall())).resolves.toBe(false);
  });

  it('tells issuers apart, whose assertions may be called the same', async () => {
    const { ledger } = await open();
    await ledger.use(ISSUER, 'a', 2_000_000_000, aCall());

    await expect(ledger.use('https://other.example.com', 'a', 2_000_000_000, aCall())).resolves.toBe(true);
  });

  it('lets one of many at a time be the first', async () => {
    const { ledger } = await open();

    const uses = await Promise.all(Array.from({ length: 20 }, () => ledger.use(ISSUER, 'a', 2_000_000_000, aCall())));

    expect(uses.filter(Boolean)).toHaveLength(1);
  });

  it('costs one write, and leaves an item that ends by itself', async () => {
    const { ledger, items } = await open();
    const call = aCall();

    await ledger.use(ISSUER, 'a', 2_000_000_000, call);

    expect(call.usage).toMatchObject({ calls: 1, roundTrips: 1, writeUnits: 1, readUnits: 0 });
    expect(await items()).toEqual([expect.objectContaining({ ttl: { N: '2000000000' }, schemaVersion: { N: '1' } })]);
  });
});
