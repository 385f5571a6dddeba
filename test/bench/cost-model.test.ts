import { beforeAll, describe, expect, it } from '@jest/globals';
import { measureOperations, type Row } from '../../bench/capacity/operations.ts';
import { openCapacitySite } from '../../bench/capacity/site.ts';
import { OPERATIONS } from '../../cli/commands/cost/operations.ts';
import { MODEL } from '../../cli/commands/cost/traffic.ts';
import { readTable, sizeOf } from '../support/dynamodb-table.ts';

const SIZE = 20;
/** What the service adds to each item. */
const ITEM_OVERHEAD_BYTES = 100;

const measured: Row[] = [];
let bytes = { user: 0, membership: 0 };

beforeAll(async () => {
  const site = await openCapacitySite(SIZE);
  const items = await readTable(site.endpoint.table.client, site.endpoint.table.tableName);
  const bytesOf = (isCounted: (pk: string, sk: string) => boolean): number =>
    items.filter(({ pk, sk }) => isCounted(pk?.S ?? '', sk?.S ?? '')).reduce((sum, item) => sum + sizeOf(item) + ITEM_OVERHEAD_BYTES, 0) /
    SIZE;
  const isMembership = (pk: string, sk: string): boolean => /#Members#/.test(pk) || (/^Member#.*#Groups$/.test(pk) && sk !== '!');
  bytes = {
    user: bytesOf((pk, sk) => /^(User|Unique#User|Lookup#User|Member)#/.test(pk) && !isMembership(pk, sk)),
    membership: bytesOf(isMembership),
  };
  measured.push(...(await measureOperations(site)));
}, 60_000);

describe('what an estimate of costs goes by', () => {
  it.each(Object.entries(OPERATIONS))('"%s" costs the table %j, as measured', (operation, units) => {
    expect(measured.find((row) => row.operation === operation)?.cost).toMatchObject(units);
  });

  it('is no less than what a user and a membership take in the table, and not much more', () => {
    expect(bytes.user / MODEL.bytesPerUser).toBeLessThanOrEqual(1);
    expect(bytes.user / MODEL.bytesPerUser).toBeGreaterThan(0.8);
    expect(bytes.membership / MODEL.bytesPerMembership).toBeLessThanOrEqual(1);
    expect(bytes.membership / MODEL.bytesPerMembership).toBeGreaterThan(0.8);
  });
});
