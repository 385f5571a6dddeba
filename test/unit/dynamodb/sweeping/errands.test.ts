import { describe, expect, it } from '@jest/globals';
import { marshal } from '../../../../src/dynamodb/item.ts';
import { keyOf } from '../../../../src/dynamodb/keys.ts';
import { errandsIn } from '../../../../src/dynamodb/sweeping/errands.ts';

const images = (...rows: readonly Parameters<typeof marshal>[0][]) => errandsIn(rows.map(marshal));

describe('what comes up to be done', () => {
  it('is what an outbox item announces, until that is swept', () => {
    const item = { ...keyOf.outbox('User', 'u'), kind: 'removed' };

    expect(images(item, { ...item, ttl: 1 })).toEqual([{ work: { kind: 'sweep', type: 'User', id: 'u' }, delaySeconds: 0 }]);
  });

  it('names the resource type as it is called, whatever its key has to escape', () => {
    expect(images({ ...keyOf.restored('a%#@b', 'r') })).toEqual([{ work: { kind: 'return', type: 'a%#@b', id: 'r' }, delaySeconds: 0 }]);
  });

  it('is a restore once, not again for how far it has come', () => {
    expect(images({ ...keyOf.restored('User', 'r'), toldUpTo: 'u' })).toEqual([]);
  });

  it('is a large change at once when it is committed, and else when its author must be gone', () => {
    const change = { ...keyOf.change('c'), type: 'Group', groupId: 'g', kind: 'update', until: 1 };

    expect(images({ ...change, changePhase: 'staging' }, { ...change, changePhase: 'committed' })).toEqual([
      { work: { kind: 'conclude', change: 'c' }, delaySeconds: 900 },
      { work: { kind: 'conclude', change: 'c' }, delaySeconds: 0 },
    ]);
  });

  it('is a backfill that is announced, until somebody has taken it', () => {
    const row = { ...keyOf.backfill('titles/User'), name: 'titles/User' };

    expect(images(row, { ...row, worker: 'w' })).toEqual([{ work: { kind: 'backfill', name: 'titles/User' }, delaySeconds: 0 }]);
  });

  it('is nothing of what else is written', () => {
    const others = [
      keyOf.resource('Outbox', 'r'),
      keyOf.resource('User', 'u'),
      keyOf.alive('u'),
      keyOf.schemas(),
      keyOf.application('default'),
      keyOf.tombstone('User', 'u'),
      keyOf.manifest('g', 'c', 0),
      keyOf.unique('User', { attribute: 'userName', value: 'Outbox#User' }),
    ].filter(({ pk }) => !pk.startsWith('Outbox#'));

    expect(images(...others, { ...keyOf.nesting('Group'), kind: 'nested' })).toEqual([]);
  });
});
