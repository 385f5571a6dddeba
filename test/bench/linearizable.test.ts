import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judge, type Operation } from '../../bench/races/linearizable.ts';
import { memberSet, type RegisterStep, register, uniqueName } from '../../bench/races/models.ts';

const OPEN = Infinity;

/** An operation from one moment to another. */
const from = <Step>(invokedAt: number, completedAt: number, step: Step): Operation<Step> => ({ step, invokedAt, completedAt });

const write = (value: string) => ({ kind: 'write', value }) as const;
const read = (value: string) => ({ kind: 'read', value }) as const;
const add = (members: bigint) => ({ kind: 'add', members }) as const;
const remove = (members: bigint) => ({ kind: 'remove', members }) as const;
const readMembers = (members: bigint) => ({ kind: 'read', members }) as const;

describe('a register', () => {
  it.each([
    ['reads what was written before', [from(0, 1, write('a')), from(2, 3, read('a'))]],
    ['reads either while a write is under way', [from(0, 9, write('a')), from(1, 2, read('')), from(3, 4, read('a'))]],
    ['holds the value of a write without an answer', [from(0, OPEN, write('a')), from(5, 6, read('')), from(7, 8, read('a'))]],
    ['never holds the value of a write that did not happen', [from(0, OPEN, write('a')), from(5, 6, read(''))]],
    [
      'swaps when nothing came between',
      [from(0, 1, write('a')), from(2, 3, { kind: 'swap', from: 'a', to: 'b' } as const), from(4, 5, read('b'))],
    ],
    ['refuses to swap when something did', [from(0, 1, write('a')), from(2, 3, { kind: 'refused swap', from: '' } as const)]],
  ])('%s', (_, history: readonly Operation<RegisterStep>[]) => {
    expect(judge(register(''), history)).toEqual({ kind: 'linearizable' });
  });

  it.each([
    ['a stale read', [from(0, 1, write('a')), from(2, 3, write('b')), from(4, 5, read('a'))]],
    ['a value that nobody wrote', [from(0, 9, write('a')), from(1, 2, read('b'))]],
    ['a read that goes back', [from(0, 9, write('a')), from(1, 2, read('a')), from(3, 4, read(''))]],
    [
      'two readers who see two writes in different orders',
      [from(0, 9, write('a')), from(0, 9, write('b')), from(1, 2, read('a')), from(3, 4, read('b')), from(5, 6, read('a'))],
    ],
    ['a lost update', [from(0, 1, { kind: 'swap', from: '', to: 'a' } as const), from(2, 3, { kind: 'swap', from: '', to: 'b' } as const)]],
    ['a swap refused for no reason', [from(0, 1, write('a')), from(2, 3, { kind: 'refused swap', from: 'a' } as const)]],
    ['a write without an answer that comes and goes', [from(0, OPEN, write('a')), from(1, 2, read('a')), from(3, 4, read(''))]],
    ['the value of a write before it was sent', [from(0, 1, read('a')), from(2, 3, write('a'))]],
  ])('that shows %s is found out', (_, history: readonly Operation<RegisterStep>[]) => {
    expect(judge(register(''), history)).toMatchObject({ kind: 'anomaly' });
  });

  it('is believed whenever each operation takes effect at one moment of its time', () => {
    const moments = fc.array(
      fc.record({ at: fc.integer({ max: 1_000, min: 0 }), before: fc.nat(60), after: fc.nat(60), isRead: fc.boolean() }),
      { maxLength: 60 },
    );

    fc.assert(
      fc.property(moments, (list) => {
        let value = '';
        const history = list
          .toSorted((one, other) => one.at - other.at)
          .map(({ at, before, after, isRead }, index) => {
            if (!isRead) value = String(index);
            // Ties are no order, so each has a moment of its own.
            const moment = at * 100 + index;
            return from(moment - before * 100, moment + after * 100, isRead ? read(value) : write(value));
          });

        expect(judge(register(''), history)).toEqual({ kind: 'linearizable' });
      }),
    );
  });

  it('is judged in good time with 5,000 operations of 16 clients', () => {
    const history = Array.from({ length: 5_000 }, (_, n) => from(n, n + 16, n % 8 === 0 ? write(String(n)) : read(String(n - (n % 8)))));

    expect(judge(register(''), history)).toEqual({ kind: 'linearizable' });
    expect(judge(register(''), [...history, from(6_000, 6_001, read('0'))])).toMatchObject({ kind: 'anomaly' });
  });
});

describe('a set of members', () => {
  it('is what was added and not removed, at both ends', () => {
    const history = [
      from(0, 5, add(0b01n)),
      from(1, 6, add(0b10n)),
      from(7, 8, readMembers(0b11n)),
      from(9, 10, remove(0b01n)),
      from(11, 12, { kind: 'has', members: 0b10n } as const),
      from(11, 12, { kind: 'has not', members: 0b01n } as const),
    ];

    expect(judge(memberSet(0n), history)).toEqual({ kind: 'linearizable' });
  });

  it.each([
    ['a member that was lost', [from(0, 5, add(0b01n)), from(1, 6, add(0b10n)), from(7, 8, readMembers(0b10n))]],
    ['half a change', [from(0, 9, add(0b11n)), from(1, 2, readMembers(0b01n))]],
    ['ends that tell different things', [from(0, 1, add(0b01n)), from(2, 3, { kind: 'has not', members: 0b01n } as const)]],
    [
      'a member of what was deleted',
      [from(0, 1, add(0b01n)), from(2, 3, { kind: 'delete' } as const), from(4, 5, { kind: 'has', members: 0b01n } as const)],
    ],
    ['a change after the end', [from(0, 1, { kind: 'delete' } as const), from(2, 3, add(0b01n))]],
    ['an end that nobody brought about', [from(0, 1, { kind: 'gone' } as const)]],
  ])('that shows %s is found out', (_, history) => {
    expect(judge(memberSet(0n), history)).toMatchObject({ kind: 'anomaly' });
  });
});

describe('a unique name', () => {
  it('goes from one holder to the next', () => {
    const history = [
      from(0, 5, { kind: 'create', id: 'a' } as const),
      from(0, 5, { kind: 'conflict' } as const),
      from(6, 7, { kind: 'delete', id: 'a' } as const),
      from(8, 9, { kind: 'look up', id: undefined } as const),
      from(10, OPEN, { kind: 'create', id: undefined } as const),
      from(12, 13, { kind: 'look up', id: 'b' } as const),
    ];

    expect(judge(uniqueName, history)).toEqual({ kind: 'linearizable' });
  });

  it.each([
    ['two holders', [from(0, 5, { kind: 'create', id: 'a' } as const), from(0, 5, { kind: 'create', id: 'b' } as const)]],
    ['a conflict with nobody', [from(0, 1, { kind: 'conflict' } as const)]],
    [
      'a holder who cannot be found',
      [from(0, 1, { kind: 'create', id: 'a' } as const), from(2, 3, { kind: 'look up', id: undefined } as const)],
    ],
    [
      'a holder who was deleted',
      [
        from(0, 1, { kind: 'create', id: 'a' } as const),
        from(2, 3, { kind: 'delete', id: 'a' } as const),
        from(4, 5, { kind: 'look up', id: 'a' } as const),
      ],
    ],
  ])('that has %s is found out', (_, history) => {
    expect(judge(uniqueName, history)).toMatchObject({ kind: 'anomaly' });
  });
});
