import { describe, expect, it } from '@jest/globals';
import {
  planForget,
  planRemovedSweep,
  planRenamedRow,
  planRenameSwept,
  SWEEP_BATCH,
} from '../../../../src/dynamodb/sweeping/plan-sweep.ts';
import { transactItem } from '../../../../src/dynamodb/write.ts';
import { aStoredGroup } from '../../../support/stored-resources.ts';

const NOW_MS = 1_700_000_000_000;
const group = aStoredGroup({ version: 7, nameVersion: 7 });
const leftover = { role: 'Member', other: 'm', display: undefined, isKept: true, mark: undefined } as const;

const conditionOf = ({ write }: { readonly write: Parameters<typeof transactItem>[1] }) => {
  const { Update, Delete } = transactItem('table', write);
  const { ConditionExpression, ExpressionAttributeValues } = Update ?? Delete ?? {};
  return { text: ConditionExpression, values: ExpressionAttributeValues };
};

describe('a sweep', () => {
  it('tells a row only of a name later than the one it knows, and only if it is still there', () => {
    const { text, values } = conditionOf(planRenamedRow('m', group.id, 'New', 7));

    expect(text).toBe('(attribute_exists(#pk)) AND (#nameVersion < :nameVersionBelow)');
    expect(values).toMatchObject({ ':nameVersionBelow': { N: '7' } });
  });

  it('ends the announcement of its own rename, not of a later one', () => {
    const { text, values } = conditionOf(planRenameSwept(group, 7, NOW_MS));

    expect(text).toBe('(#nameVersion = :nameVersionIs) AND (attribute_not_exists(#ttl))');
    expect(values).toMatchObject({ ':nameVersionIs': { N: '7' }, ':ttl': { N: '1700000060' } });
  });

  it('forgets an outbox item only while its end has passed', () => {
    expect(conditionOf(planForget(group, NOW_MS))).toEqual({
      text: '#ttl < :ttlBelow',
      values: { ':ttlBelow': { N: '1700000000' } },
    });
  });

  it('of a full batch is exactly one full transaction, and leaves the announcement as it is', () => {
    const leftovers = Array.from({ length: SWEEP_BATCH }, (_, index) => ({ ...leftover, other: `${index}` }));

    const { writes } = planRemovedSweep(group, leftovers, { isLast: false, nowMs: NOW_MS, keptUntil: 1, version: 7 });

    expect(writes).toHaveLength(100);
    expect(writes[0]?.write.kind).toBe('check');
  });

  it('keeps no membership for a restore that did not count', () => {
    const { writes } = planRemovedSweep(group, [{ ...leftover, isKept: false, mark: undefined }], {
      isLast: true,
      nowMs: NOW_MS,
      keptUntil: 1,
      version: 7,
    });

    expect(writes.map(({ write }) => write.key.pk)).not.toContainEqual(expect.stringMatching('^Removed#'));
  });

  it('marks the announcement of a removal swept together with its last rows', () => {
    const { writes } = planRemovedSweep(group, [leftover], { isLast: true, nowMs: NOW_MS, keptUntil: 1, version: 7 });

    expect(writes[0]?.write).toMatchObject({ kind: 'update', set: { ttl: 1_700_000_060 } });
    expect(writes.map(({ write }) => write.key)).toEqual([
      { pk: 'Outbox#Group', sk: group.id },
      { pk: expect.stringMatching(`^Removed#${group.id}#Members#`), sk: 'Member#m' },
      { pk: expect.stringMatching(`^Group#${group.id}#Members#`), sk: 'm' },
      { pk: 'Member#m#Groups', sk: group.id },
    ]);
  });
});
