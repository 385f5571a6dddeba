import { describe, expect, it } from '@jest/globals';
import { openLastUses } from '../../src/dynamodb/last-uses.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { aCall } from '../support/store-call.ts';

const at = (time: string) => new Date(`2026-06-01T${time}:00.000Z`);

describe('LastUses on DynamoDB', () => {
  it('keeps one instant of each hour, whoever is first, at one write unit', async () => {
    const opened = await openTestTable();
    const [one, other] = [openLastUses(opened), openLastUses(opened)];
    const call = aCall();

    await one.note('c#1', at('12:10'), call);
    await other.note('c#1', at('12:50'), aCall());
    await one.note('c2', at('12:20'), aCall());

    expect(call.usage).toMatchObject({ calls: 1, writeUnits: 1, readUnits: 0 });
    expect(Object.fromEntries(await other.list(aCall()))).toEqual({
      'c#1': '2026-06-01T12:10:00.000Z',
      c2: '2026-06-01T12:20:00.000Z',
    });

    await other.note('c#1', at('13:00'), aCall());

    expect((await one.list(aCall())).get('c#1')).toBe('2026-06-01T13:00:00.000Z');
  });

  it('reads nothing else of the settings', async () => {
    const lastUses = openLastUses(await openTestTable());

    expect((await lastUses.list(aCall())).size).toBe(0);
  });
});
